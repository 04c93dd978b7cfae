/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwLibraryPage: see hw-library-page.h. Lessons are read, and nothing of them is run. */

#include "hw-library-page.h"

#include "hw-markup.h"
#include "lesson/lesson-file.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _HwLibraryPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkEditable *search;
  GtkFlowBox *cards;
  AdwStatusPage *nothing;
};

/* One lesson. Hangs on its card. */
typedef struct
{
  char *path;
  char *words;       /* folded: what is searched */
  gint64 opened;     /* microseconds since 1970; 0: never */
  gint64 difficulty; /* one that is not given stands behind all others */
  char *title;
} Entry;

enum
{
  SIGNAL_OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwLibraryPage, hw_library_page, GTK_TYPE_WIDGET)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry->words);
  g_free (entry->title);
  g_free (entry);
}

static Entry *
get_entry (GtkFlowBoxChild *child)
{
  return g_object_get_data (G_OBJECT (child), "entry");
}

/* ---- searching ---- */

static gboolean
is_wanted (GtkFlowBoxChild *child, gpointer data)
{
  HwLibraryPage *self = data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  return strstr (get_entry (child)->words, g_strstrip (wanted)) != NULL;
}

static void
search_changed_cb (HwLibraryPage *self)
{
  gboolean is_searched = gtk_editable_get_text (self->search)[0] != '\0';
  gboolean is_found = FALSE;

  gtk_flow_box_invalidate_filter (self->cards);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    is_found |= is_wanted (GTK_FLOW_BOX_CHILD (child), self);
  adw_status_page_set_description (
      self->nothing, is_searched
                         ? _ ("Try another word, or open a lesson or a program with Ctrl+O.")
                         : _ ("Open a lesson or a program with Ctrl+O."));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), !is_found);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), is_found);
}

static void
stop_search_cb (HwLibraryPage *self)
{
  gtk_editable_set_text (self->search, "");
}

/* Enter on a card, whichever of them the box thinks its cursor is on. */
static gboolean
key_pressed_cb (HwLibraryPage *self, guint key, guint code, GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);

  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !GTK_IS_FLOW_BOX_CHILD (focus))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, get_entry (GTK_FLOW_BOX_CHILD (focus))->path);
  return TRUE;
}

static void
card_activated_cb (HwLibraryPage *self, GtkFlowBoxChild *child)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, get_entry (child)->path);
}

/* What was begun last, then from the easy to the hard. */
static int
compare_cards (GtkFlowBoxChild *a, GtkFlowBoxChild *b, gpointer data)
{
  const Entry *first = get_entry (a), *second = get_entry (b);

  if (first->opened != second->opened)
    return first->opened > second->opened ? -1 : 1;
  if (first->difficulty != second->difficulty)
    return first->difficulty < second->difficulty ? -1 : 1;
  if (strcmp (first->title, second->title) != 0)
    return g_utf8_collate (first->title, second->title);
  return strcmp (first->path, second->path);
}

/* ---- widget ---- */

static void
hw_library_page_dispose (GObject *object)
{
  HwLibraryPage *self = HW_LIBRARY_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_library_page_parent_class)->dispose (object);
}

static void
hw_library_page_class_init (HwLibraryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_library_page_dispose;
  signals[SIGNAL_OPEN] = g_signal_new ("open", HW_TYPE_LIBRARY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-library-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwLibraryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwLibraryPage, search);
  gtk_widget_class_bind_template_child (widget_class, HwLibraryPage, cards);
  gtk_widget_class_bind_template_child (widget_class, HwLibraryPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "librarypage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static gboolean
focus_cb (gpointer data)
{
  if (gtk_widget_get_mapped (data))
    hw_library_page_focus (data);
  return G_SOURCE_REMOVE;
}

/* A window that comes up chooses a focus of its own, after this. */
static void
mapped_cb (HwLibraryPage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (self), g_object_unref);
}

static void
hw_library_page_init (HwLibraryPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  gtk_flow_box_set_filter_func (self->cards, is_wanted, self, NULL);
  gtk_flow_box_set_sort_func (self->cards, compare_cards, NULL, NULL);
}

GtkWidget *
hw_library_page_new (void)
{
  return g_object_new (HW_TYPE_LIBRARY_PAGE, NULL);
}

/* ---- cards ---- */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* "10 min · C · 2 of 5 right" (transfer full) */
static char *
word_progress (const Lesson *lesson, const LessonStoreProgress *progress)
{
  const LessonProgram *program = g_ptr_array_index (lesson->programs, 0);
  g_autofree char *language
      = g_ascii_strup (lesson_word_get_name (lesson_words_LANGUAGE, program->language), 1);
  GString *words = g_string_new (NULL);

  if (lesson->minutes != LESSON_NOT_GIVEN)
    g_string_append_printf (words, _ ("%d min · "), (int)lesson->minutes);
  g_string_append (words, program->language == LESSON_LANGUAGE_C ? "C" : language);
  if (progress->n_questions > 0)
    g_string_append_printf (words, _ (" · %u of %u right"), progress->n_right,
                            progress->n_questions);
  return g_string_free (words, FALSE);
}

static void
add_progress (GtkWidget *box, const LessonStoreProgress *progress)
{
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_progress_bar_set_fraction (
      GTK_PROGRESS_BAR (bar),
      progress->n_questions > 0 ? (double)progress->n_right / progress->n_questions : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Questions answered right"), -1);
  gtk_box_append (GTK_BOX (box), bar);
}

static Entry *
entry_new (const char *path, const Lesson *lesson, gint64 opened)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *keywords
      = lesson->keywords != NULL ? g_strjoinv (" ", lesson->keywords) : g_strdup ("");
  g_autofree char *subjects
      = lesson->teaches != NULL ? g_strjoinv (" ", lesson->teaches) : g_strdup ("");
  g_autofree char *beliefs
      = lesson->misconceptions != NULL ? g_strjoinv (" ", lesson->misconceptions) : g_strdup ("");
  g_autofree char *words
      = g_strjoin (" ", lesson->title, lesson->summary != NULL ? lesson->summary : "", keywords,
                   beliefs, subjects, NULL);

  entry->path = g_strdup (path);
  entry->words = g_utf8_casefold (words, -1);
  entry->opened = opened;
  entry->difficulty = lesson->difficulty != LESSON_NOT_GIVEN ? lesson->difficulty : G_MAXINT64;
  entry->title = g_strdup (lesson->title);
  return entry;
}

static void
add_card (HwLibraryPage *self, const char *path, const Lesson *lesson, LessonStore *store)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *child = gtk_flow_box_child_new ();
  LessonStoreProgress progress = { 0 };
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;
  GtkWidget *summary;

  if (store != NULL)
    lesson_store_get_progress (store, lesson->id, lesson->questions, &progress);
  words = word_progress (lesson, &progress);
  if (progress.opened != 0 && progress.n_right < progress.n_questions)
    add_label (box, _ ("Continue"), "accent");
  add_label (box, lesson->title, "title-4");
  summary = add_label (box, lesson->summary != NULL ? lesson->summary : "", "body");
  gtk_widget_set_vexpand (summary, TRUE);
  gtk_widget_set_valign (summary, GTK_ALIGN_START);
  add_label (box, words, "dim-label");
  add_progress (box, &progress);
  gtk_widget_add_css_class (child, "card");
  gtk_widget_add_css_class (child, "activatable");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  name = g_strdup_printf ("%s, %s", lesson->title, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (child), "entry", entry_new (path, lesson, progress.opened),
                          entry_free);
  gtk_flow_box_append (self->cards, child);
}

/* A file that is no lesson, or none that can be read, has no card; opening it says why. */
static void
add_file (HwLibraryPage *self, const char *path, LessonStore *store)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (Lesson) lesson = lesson_load (map, path, diagnostics, NULL);

  if (lesson != NULL)
    add_card (self, path, lesson, store);
}

/* Shows the lessons of a folder once more. store: (nullable) */
void
hw_library_page_fill (HwLibraryPage *self, const char *folder, LessonStore *store)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GtkWidget *child;
  const char *name;

  g_return_if_fail (HW_IS_LIBRARY_PAGE (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_flow_box_remove (self->cards, child);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".lesson.json"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        add_file (self, path, store);
      }
  search_changed_cb (self);
}

/* The first card. */
void
hw_library_page_focus (HwLibraryPage *self)
{
  GtkFlowBoxChild *first;

  g_return_if_fail (HW_IS_LIBRARY_PAGE (self));
  first = gtk_flow_box_get_child_at_index (self->cards, 0);
  if (first == NULL || !gtk_widget_grab_focus (GTK_WIDGET (first)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
