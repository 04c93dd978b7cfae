/* SPDX-License-Identifier: GPL-3.0-or-later */

/* heapwise-cli: finds the command and hands the rest to it. */

#include "cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *name;
  CliCommand run;
  const char *about; /* for help */
} commands[] = {
#define CLI_COMMAND(name, run, about) { name, run, about },
#include "cli-command.def"
#undef CLI_COMMAND
};

static void
print_help (FILE *to)
{
  fprintf (to, _ ("Usage: heapwise-cli COMMAND [OPTION…] FILE…\n\n"));
  fprintf (to, _ ("Runs small programs on a memory that shows everything.\n\nCommands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (to, "  %-9s %s\n", commands[i].name, _ (commands[i].about));
  fprintf (to, _ ("\n“heapwise-cli COMMAND --help” tells a command's options. --version tells the "
                  "version.\n"));
}

static int
run_command (int argc, char **argv)
{
  CliOptions options = { NULL };
  int status = CLI_USAGE;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (argv[1], commands[i].name) != 0)
        continue;
      if (cli_options_parse (&options, commands[i].name, _ (commands[i].about), argc - 1, argv + 1,
                             &status))
        status = commands[i].run (&options);
      cli_options_clear (&options);
      return status;
    }
  cli_complain (_ ("there is no command “%s”; “heapwise-cli --help” lists them"), argv[1]);
  return CLI_USAGE;
}

int
main (int argc, char **argv)
{
  /* Catalogues of a program that is not installed. */
  const char *catalogues = g_getenv ("HEAPWISE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, catalogues != NULL ? catalogues : HEAPWISE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (argc < 2)
    {
      cli_complain (_ ("a command is missing; “heapwise-cli --help” lists them"));
      return CLI_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help (stdout);
      return CLI_FINE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("heapwise-cli %s\n", HEAPWISE_VERSION);
      return CLI_FINE;
    }
  return run_command (argc, argv);
}
