/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

/* A run that the computer sleeps through has nothing sensible to say when it is
 * awake again: its connections are dead, but nothing tells it so, and its
 * deadlines stood still with the clock they are measured by. Half a minute
 * later it would blame the servers. The same goes for a network that goes away
 * in the middle. Such a run is stopped, nobody is told of a problem, and it
 * begins anew as soon as it can.
 *
 * That is still the one press of a button, so it must not go on for ever: each
 * run may show the password to the server. */
#define MAX_RESTARTS 3

static gboolean
is_held_back (MwWindow *self)
{
  return self->asleep || mw_setup_is_held_back (self->setup, NULL);
}

static void
interrupt (MwWindow *self)
{
  if (self->check == NULL || self->interrupted || self->n_restarts >= MAX_RESTARTS)
    return;

  self->interrupted = TRUE;
  mw_check_page_set_waiting (self->check_page, TRUE);
  g_cancellable_cancel (self->check);
}

static void
go_on (MwWindow *self)
{
  /* The end of the former run comes back here. */
  if (!self->interrupted || self->check != NULL || is_held_back (self))
    return;

  self->interrupted = FALSE;
  self->n_restarts++;
  mw_check_page_set_waiting (self->check_page, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
on_sleep_changed (MwWindow *self,
                  gboolean  sleeping)
{
  self->asleep = sleeping;
  if (sleeping)
    interrupt (self);
  else
    go_on (self);
}

void
mw_window_watch_sleep (MwWindow *self)
{
  self->sleep_monitor = mw_sleep_monitor_new ();
  g_signal_connect_object (self->sleep_monitor, "changed", G_CALLBACK (on_sleep_changed), self,
                           G_CONNECT_SWAPPED);
}

void
mw_window_check_network (MwWindow *self)
{
  if (self->setup == NULL)
    return;

  if (is_held_back (self))
    interrupt (self);
  else
    go_on (self);
}

void
mw_window_forget_interruption (MwWindow *self)
{
  self->interrupted = FALSE;
  self->n_restarts = 0;
  mw_check_page_set_waiting (self->check_page, FALSE);
}

gboolean
mw_window_resume_check (MwWindow *self)
{
  if (!self->interrupted)
    return FALSE;

  go_on (self);
  return TRUE;
}
