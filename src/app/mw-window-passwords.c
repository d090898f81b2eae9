/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* The passwords of the saved account that is open, out of the keyring. */

#include "config.h"

#include "app/mw-window-private.h"

/* The keyring may ask the person first, who may go to another account meanwhile:
 * its servers must not get this password. */
typedef struct {
  MwWindow              *window;
  MwSetup               *setup;
  GError                *error;
  MwWindowTakePassword   take;
  MwWindowPasswordsDone  done;
  guint                  sides;
} MwLookup;

static void
lookup_free (MwLookup *lookup)
{
  g_object_unref (lookup->window);
  g_object_unref (lookup->setup);
  g_clear_error (&lookup->error);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwLookup, lookup_free)

static void
take_secret (MwLookup     *lookup,
             MwSide        side,
             GObject      *engine,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSecret) secret = NULL;

  secret = mw_engine_lookup_secret_finish (MW_ENGINE (engine), result, &error);
  if (secret != NULL)
    lookup->take (lookup->setup, side, secret);
  if (error == NULL)
    return;

  g_info ("No password for a saved account: %s", error->message);
  g_clear_error (&lookup->error);
  lookup->error = g_steal_pointer (&error);
}

static void
on_outgoing_secret (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwLookup) lookup = user_data;

  take_secret (lookup, MW_SIDE_OUTGOING, object, result);
  if (lookup->setup == lookup->window->setup)
    lookup->done (lookup->window, lookup->sides, lookup->error);
}

static void
on_incoming_secret (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwLookup) lookup = user_data;
  MwWindow *self = lookup->window;

  take_secret (lookup, MW_SIDE_INCOMING, object, result);
  if (lookup->setup != self->setup)
    return;

  if (self->opened->own_credentials)
    mw_engine_lookup_secret_async (MW_ENGINE (object), self->opened, MW_SIDE_OUTGOING,
                                   self->cancellable, on_outgoing_secret,
                                   g_steal_pointer (&lookup));
  else
    lookup->done (self, lookup->sides, lookup->error);
}

void
mw_window_look_up_passwords (MwWindow              *self,
                             guint                  sides,
                             MwWindowTakePassword   take,
                             MwWindowPasswordsDone  done)
{
  MwLookup *lookup = g_new0 (MwLookup, 1);

  lookup->window = g_object_ref (self);
  lookup->setup = g_object_ref (self->setup);
  lookup->take = take;
  lookup->done = done;
  lookup->sides = sides;
  mw_engine_lookup_secret_async (mw_window_get_engine (self), self->opened, MW_SIDE_INCOMING,
                                 self->cancellable, on_incoming_secret, lookup);
}
