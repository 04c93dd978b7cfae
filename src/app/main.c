/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "hw-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (HwApplication) application = NULL;
  /* Catalogues of a program that is not installed. */
  const char *catalogues = g_getenv ("HEAPWISE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, catalogues != NULL ? catalogues : HEAPWISE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = hw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
