/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a store knows besides answers: edited programs, places in runs, lessons and files that were opened. */

#include "lesson-store-private.h"

#include <string.h>

#include "lesson-store-tree.h"

/* The list of recent files is a tree of its own, under the id of no lesson. */
#define RECENT ""
#define MAX_RECENT 20

char *
lesson_store_dup_file_id (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_get_uri (file);
}

/* ---- programs ---- */

void
lesson_store_set_source (LessonStore *self, const char *lesson_id, const char *program_id,
                         const char *source)
{
  LessonStoreDocument *document;
  JsonObject *program;

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && program_id != NULL);
  g_return_if_fail (source == NULL || g_utf8_validate (source, -1, NULL));
  document = _lesson_store_find (self, lesson_id);
  program = lesson_store_tree_get (document->tree, "programs", program_id);
  if (g_strcmp0 (program != NULL ? lesson_store_tree_get_text (program, "text") : NULL, source)
      == 0)
    return;
  program = lesson_store_tree_ensure (document->tree, "programs", program_id);
  json_object_set_int_member (program, "at", _lesson_store_new_date (document));
  if (source != NULL)
    json_object_set_string_member (program, "text", source);
  else
    json_object_set_null_member (program, "text");
  _lesson_store_touch (self, document);
}

char *
lesson_store_dup_source (LessonStore *self, const char *lesson_id, const char *program_id)
{
  JsonObject *program;

  g_return_val_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && program_id != NULL, NULL);
  program
      = lesson_store_tree_get (_lesson_store_find (self, lesson_id)->tree, "programs", program_id);
  return program != NULL ? g_strdup (lesson_store_tree_get_text (program, "text")) : NULL;
}

/* ---- places ---- */

void
lesson_store_set_position (LessonStore *self, const char *lesson_id, const char *run_id,
                           guint64 step)
{
  LessonStoreDocument *document;
  JsonObject *run;

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && run_id != NULL);
  document = _lesson_store_find (self, lesson_id);
  run = lesson_store_tree_ensure (document->tree, "runs", run_id);
  json_object_set_int_member (run, "at", _lesson_store_new_date (document));
  json_object_set_int_member (run, "step", MIN (step, LESSON_STORE_MAX_NUMBER));
  _lesson_store_touch (self, document);
}

char *
lesson_store_dup_run (LessonStore *self, const char *lesson_id)
{
  JsonObject *runs;
  g_autoptr (GList) names = NULL;
  const char *last = NULL;
  gint64 last_date = 0;

  g_return_val_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL, NULL);
  runs = lesson_store_tree_get (_lesson_store_find (self, lesson_id)->tree, "runs", NULL);
  names = runs != NULL ? json_object_get_members (runs) : NULL;
  for (GList *name = names; name != NULL; name = name->next)
    {
      gint64 date
          = lesson_store_tree_get_number (json_object_get_object_member (runs, name->data), "at");

      if (date > last_date)
        {
          last = name->data;
          last_date = date;
        }
    }
  return g_strdup (last);
}

gboolean
lesson_store_get_position (LessonStore *self, const char *lesson_id, const char *run_id,
                           guint64 *step)
{
  g_autofree char *last = NULL;
  JsonObject *run;

  g_return_val_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL, FALSE);
  if (run_id == NULL)
    run_id = last = lesson_store_dup_run (self, lesson_id);
  if (run_id == NULL)
    return FALSE;
  run = lesson_store_tree_get (_lesson_store_find (self, lesson_id)->tree, "runs", run_id);
  if (run == NULL)
    return FALSE;
  *step = MAX (lesson_store_tree_get_number (run, "step"), 0);
  return TRUE;
}

/* ---- lessons and files ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
  else
    json_object_set_null_member (object, name);
}

static void
note_recent (LessonStore *self, const char *lesson_id, const char *path, const char *title)
{
  LessonStoreDocument *document = _lesson_store_find (self, RECENT);
  g_autofree char *uri = path != NULL ? lesson_store_dup_file_id (path) : NULL;
  gint64 date = _lesson_store_new_date (document);
  JsonObject *last = lesson_store_tree_ensure (document->tree, "last", NULL);

  json_object_set_int_member (last, "at", date);
  set_text (last, "lesson", lesson_id);
  set_text (last, "uri", uri);
  if (uri != NULL)
    {
      JsonObject *file = lesson_store_tree_ensure (document->tree, "files", uri);

      json_object_set_int_member (file, "at", date);
      set_text (file, "title", title);
      json_object_set_boolean_member (file, "gone", FALSE);
    }
  _lesson_store_touch (self, document);
}

void
lesson_store_open (LessonStore *self, const char *lesson_id, const char *path, const char *title)
{
  LessonStoreDocument *document;

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL);
  document = _lesson_store_find (self, lesson_id);
  json_object_set_int_member (lesson_store_tree_ensure (document->tree, "opened", NULL), "at",
                              _lesson_store_new_date (document));
  _lesson_store_touch (self, document);
  note_recent (self, lesson_id, path, title);
}

char *
lesson_store_dup_last_lesson (LessonStore *self, char **path)
{
  JsonObject *last;
  const char *uri;

  g_return_val_if_fail (LESSON_IS_STORE (self), NULL);
  last = lesson_store_tree_get (_lesson_store_find (self, RECENT)->tree, "last", NULL);
  uri = last != NULL ? lesson_store_tree_get_text (last, "uri") : NULL;
  if (path != NULL)
    *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  return last != NULL ? g_strdup (lesson_store_tree_get_text (last, "lesson")) : NULL;
}

static void
free_recent (LessonStoreRecent *recent)
{
  g_free (recent->path);
  g_free (recent->title);
  g_free (recent);
}

static int
compare_recent (gconstpointer a, gconstpointer b)
{
  const LessonStoreRecent *const *x = a;
  const LessonStoreRecent *const *y = b;

  if ((*x)->at != (*y)->at)
    return (*x)->at < (*y)->at ? 1 : -1;
  return strcmp ((*x)->path, (*y)->path);
}

static gboolean
is_gone (JsonObject *file)
{
  JsonNode *gone = json_object_get_member (file, "gone");

  return gone != NULL && JSON_NODE_HOLDS_VALUE (gone)
         && json_node_get_value_type (gone) == G_TYPE_BOOLEAN && json_node_get_boolean (gone);
}

GPtrArray *
lesson_store_list_recent (LessonStore *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)free_recent);
  JsonObject *files;
  g_autoptr (GList) uris = NULL;

  g_return_val_if_fail (LESSON_IS_STORE (self), list);
  files = lesson_store_tree_get (_lesson_store_find (self, RECENT)->tree, "files", NULL);
  uris = files != NULL ? json_object_get_members (files) : NULL;
  for (GList *uri = uris; uri != NULL; uri = uri->next)
    {
      JsonObject *file = json_object_get_object_member (files, uri->data);
      g_autofree char *path = g_filename_from_uri (uri->data, NULL, NULL);
      LessonStoreRecent *recent;

      if (path == NULL || is_gone (file))
        continue;
      recent = g_new0 (LessonStoreRecent, 1);
      recent->path = g_steal_pointer (&path);
      recent->title = g_strdup (lesson_store_tree_get_text (file, "title"));
      recent->at = lesson_store_tree_get_number (file, "at");
      g_ptr_array_add (list, recent);
    }
  g_ptr_array_sort (list, compare_recent);
  if (list->len > MAX_RECENT)
    g_ptr_array_set_size (list, MAX_RECENT);
  return list;
}

/* It is noted as gone rather than taken out: else another window would bring it back. */
void
lesson_store_forget_recent (LessonStore *self, const char *path)
{
  LessonStoreDocument *document;
  g_autofree char *uri = NULL;
  JsonObject *file;

  g_return_if_fail (LESSON_IS_STORE (self) && path != NULL);
  document = _lesson_store_find (self, RECENT);
  uri = lesson_store_dup_file_id (path);
  file = lesson_store_tree_get (document->tree, "files", uri);
  if (file == NULL)
    return;
  json_object_set_int_member (file, "at", _lesson_store_new_date (document));
  json_object_set_boolean_member (file, "gone", TRUE);
  _lesson_store_touch (self, document);
}
