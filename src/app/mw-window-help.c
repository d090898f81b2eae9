/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include "app/mw-help.h"

/* Each page of the window, and what the help says about it. */
static const struct {
  const char *page;
  const char *topic;
} topics[] = {
  { "accounts", "accounts" },
  { "type", "add-account" },
  { "review", "links" },
  { "sign-in", "password" },
  { "check", "add-account#check" },
  { "problem", "problems" },
  { "advanced", "servers" },
  { "done", "hand-over" },
  { "edit", "accounts#edit" },
};

static const char *
find_topic (const char *page)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      if (g_str_equal (topics[i].page, page))
        return topics[i].topic;
    }

  return NULL;
}

/* What the run that ended here came to: each has its own section. */
static char *
make_problem_topic (MwWindow *self)
{
  const char *page = mw_window_get_page (self);
  const char *nick;

  if (self->setup == NULL)
    return NULL;
  if (!g_str_equal (page, "problem") &&
      (!g_str_equal (page, "check") ||
       mw_setup_get_state (self->setup) != MW_SETUP_STATE_QUESTION))
    return NULL;

  nick = mw_enum_to_nick (MW_TYPE_OUTCOME, mw_setup_get_outcome (self->setup));
  return nick != NULL ? g_strconcat ("problems#", nick, NULL) : NULL;
}

void
mw_window_show_help (MwWindow *self)
{
  g_autofree char *problem = make_problem_topic (self);

  mw_help_show (GTK_WINDOW (self), problem != NULL ? problem
                                                   : find_topic (mw_window_get_page (self)));
}
