/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hw-code-view.h"
#include "hw-ledger.h"
#include "hw-library-page.h"
#include "hw-memory-view.h"
#include "hw-note-card.h"
#include "hw-problems.h"
#include "hw-question-card.h"
#include "hw-run-switch.h"
#include "hw-transport.h"
#include "hw-window.h"

G_BEGIN_DECLS

struct _HwWindow
{
  AdwApplicationWindow parent_instance;

  HwSession *session; /* owned */
  gboolean is_editing;
  guint pulse; /* source of the progress bar, 0: none */

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkStack *pages;
  HwLibraryPage *library;
  GtkWidget *lesson;  /* the lesson's page */
  LessonStore *store; /* owned, NULL: nothing is kept */
  char *folder;       /* of the lessons; NULL: there is no library */
  GtkWidget *content;
  GtkPaned *panes;
  HwRunSwitch *runs;
  HwCodeView *code;
  HwQuestionCard *question;
  HwNoteCard *note;
  GtkLabel *narration;
  GtkProgressBar *progress;
  GtkWidget *old;
  HwMemoryView *picture;
  GtkStack *drawer;
  HwLedger *ledger;
  GtkTextView *output;
  GtkStackPage *problems_page;
  HwProblems *problems;
  HwTransport *transport;
};

/* hw-window-state.c */
void _hw_window_restore_state (HwWindow *self);

/* hw-window-actions.c */
void _hw_window_class_install_actions (GtkWidgetClass *widget_class);
void _hw_window_update_actions (HwWindow *self);
void _hw_window_choose_run (HwWindow *self, guint index);
void _hw_window_show_error (HwWindow *self, const char *words);

G_END_DECLS
