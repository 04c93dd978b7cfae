/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Run once while building: makes the manual page and the completion for bash from the tables of commands and options.
 *
 *   cli-describe man TEMPLATE         the template with the lines @COMMANDS@ and @OPTIONS@ replaced
 *   cli-describe completion TEMPLATE  likewise @COMMANDS@, @OPTIONS@, @FILES@ and @WORDS@ */

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "strategy/strategy.h"

#define N_(text) text

static const struct
{
  const char *name;
  const char *about;
} commands[] = {
#define CLI_COMMAND(name, run, about) { name, about },
#include "cli-command.def"
#undef CLI_COMMAND
};

static const struct
{
  const char *name;
  char letter;
  const char *about;
  const char *argument;
} options[] = {
#define CLI_OPTION(name, letter, kind, target, about, argument) { name, letter, about, argument },
#include "cli-option.def"
#undef CLI_OPTION
};

/* ---- the manual page ---- */

/* A hyphen is a minus to be typed, quotes have names, and a line must not begin with a point. */
static void
append_roff (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    switch (g_utf8_get_char (at))
      {
      case '-':
        g_string_append (out, "\\-");
        break;
      case '\\':
        g_string_append (out, "\\e");
        break;
      case '\'':
        g_string_append (out, "\\(cq");
        break;
      case 0x201c:
        g_string_append (out, "\\(lq");
        break;
      case 0x201d:
        g_string_append (out, "\\(rq");
        break;
      default:
        g_string_append_len (out, at, g_utf8_next_char (at) - at);
      }
}

static void
append_man_commands (GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_string_append_printf (out, ".TP\n.B %s\n", commands[i].name);
      append_roff (out, commands[i].about);
      g_string_append (out, ".\n");
    }
}

static void
append_man_options (GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_string_append (out, ".TP\n\\fB");
      if (options[i].letter != 0)
        g_string_append_printf (out, "\\-%c\\fR, \\fB", options[i].letter);
      g_string_append (out, "\\-\\-");
      append_roff (out, options[i].name);
      g_string_append (out, "\\fR");
      if (options[i].argument != NULL)
        {
          g_string_append (out, "=\\fI");
          append_roff (out, options[i].argument);
          g_string_append (out, "\\fR");
        }
      g_string_append_c (out, '\n');
      append_roff (out, options[i].about);
      g_string_append (out, ".\n");
    }
}

/* ---- completion ---- */

/* The words that an option's argument can be, parted by spaces; NULL: it is something to fill in. (transfer full) */
static char *
dup_words (const char *name, const char *argument)
{
  GString *names;

  if (strcmp (name, "strategy") == 0 || strcmp (name, "collector") == 0)
    {
      names = g_string_new (NULL);
      for (guint i = 0; i < STRATEGY_N_KINDS; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? " " : "", strategy_kind_get_name (i));
      return g_string_free (names, FALSE);
    }
  if (argument == NULL || g_ascii_isupper (argument[0]))
    return NULL;
  return g_strdelimit (g_strdup (argument), "|", ' ');
}

static void
append_names (GString *out, guint i)
{
  if (options[i].letter != 0)
    g_string_append_printf (out, "-%c|", options[i].letter);
  g_string_append_printf (out, "--%s", options[i].name);
}

/* Cases of a shell's `case`, one for each option that takes something else than a file. */
static void
append_words (GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *words = dup_words (options[i].name, options[i].argument);

      if (options[i].argument == NULL || strcmp (options[i].argument, "FILE") == 0)
        continue;
      g_string_append (out, "    ");
      append_names (out, i);
      g_string_append_printf (out, ") _heapwise_cli_words \"%s\"; return ;;\n",
                              words != NULL ? words : "");
    }
}

static void
append_files (GString *out)
{
  const char *bar = "    ";

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (g_strcmp0 (options[i].argument, "FILE") != 0)
        continue;
      g_string_append (out, bar);
      append_names (out, i);
      bar = "|";
    }
  g_string_append (out, ") _heapwise_cli_files; return ;;\n");
}

static void
append_completion_commands (GString *out)
{
  g_string_append (out, "  local commands=\"");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (out, "%s ", commands[i].name);
  g_string_append (out, "--help --version\"\n");
}

/* What takes an argument ends with =. */
static void
append_completion_options (GString *out)
{
  g_string_append (out, "  local options=\"");
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_string_append_printf (out, "--%s%s ", options[i].name,
                            options[i].argument != NULL ? "=" : "");
  g_string_append (out, "--help\"\n");
}

/* ---- templates ---- */

typedef struct
{
  const char *line;
  void (*append) (GString *out);
} Part;

static const Part man_parts[] = {
  { "@COMMANDS@", append_man_commands },
  { "@OPTIONS@", append_man_options },
  { NULL },
};

static const Part completion_parts[] = {
  { "@COMMANDS@", append_completion_commands },
  { "@OPTIONS@", append_completion_options },
  { "@FILES@", append_files },
  { "@WORDS@", append_words },
  { NULL },
};

static void
append_line (GString *out, const char *line, const Part *parts)
{
  for (; parts->line != NULL; parts++)
    if (strcmp (line, parts->line) == 0)
      {
        parts->append (out);
        return;
      }
  g_string_append_printf (out, "%s\n", line);
}

int
main (int argc, char **argv)
{
  const Part *parts = argc == 3 && strcmp (argv[1], "man") == 0 ? man_parts : completion_parts;
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    return 2;
  if (!g_file_get_contents (argv[2], &text, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    append_line (out, lines[i], parts);
  fputs (out->str, stdout);
  return 0;
}
