/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-elsewhere-view.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "setup/mw-advice-browser.h"
#include "setup/mw-browser-sign-in.h"

struct _MwElsewhereView
{
  AdwBin        parent_instance;

  /* Template widgets */
  GtkWidget    *button;
  GtkLabel     *label;

  /* Owned */
  MwEngine     *engine;
  MwProvider   *provider;
  GCancellable *cancellable;

  GtkWindow    *window;      /* while on the screen; borrowed */
  guint         programs;    /* that can sign in there */
  guint         installed;
  gboolean      looked;      /* whether that is known */
  gboolean      only;
};

G_DEFINE_FINAL_TYPE (MwElsewhereView, mw_elsewhere_view, ADW_TYPE_BIN)

enum {
  CHOSEN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_button_label (guint    programs,
                  gboolean only)
{
  gboolean thunderbird = (programs & (1u << MW_MAIL_CLIENT_THUNDERBIRD)) != 0;
  gboolean evolution = (programs & (1u << MW_MAIL_CLIENT_EVOLUTION)) != 0;

  if (thunderbird && evolution)
    return only ? _("_Sign In in Thunderbird or Evolution")
                : _("_Sign In in Thunderbird or Evolution Instead");
  if (evolution)
    return only ? _("_Sign In in Evolution") : _("_Sign In in Evolution Instead");

  return only ? _("_Sign In in Thunderbird") : _("_Sign In in Thunderbird Instead");
}

static void
show_button (MwElsewhereView *self,
             guint            programs)
{
  GtkWidget *label;

  gtk_button_set_label (GTK_BUTTON (self->button), get_button_label (programs, self->only));
  mw_control_names_mend (self->button);
  label = gtk_button_get_child (GTK_BUTTON (self->button));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (self->only)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/* The one place that derives what is visible. */
static void
mw_elsewhere_view_update (MwElsewhereView *self)
{
  guint programs = self->provider != NULL ? self->programs & self->installed : 0;
  gboolean missing = self->provider != NULL && self->only && self->looked && programs == 0;
  gboolean was_shown = gtk_widget_get_visible (self->button);
  g_autofree char *text = NULL;

  if (programs != 0)
    {
      show_button (self, programs);
      text = mw_advice_describe_sign_in_page (self->provider, programs);
    }
  else if (missing)
    {
      text = mw_advice_describe_missing_program (self->provider, self->programs);
    }

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (self->button, programs != 0);
  gtk_widget_set_visible (GTK_WIDGET (self), programs != 0 || missing);
  if (was_shown != (programs != 0))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_targets_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwElsewhereView) self = MW_ELSEWHERE_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) targets = mw_engine_find_targets_finish (MW_ENGINE (object), result,
                                                                &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (targets == NULL)
    g_info ("Cannot look for mail programs: %s", error->message);

  self->installed = targets != NULL ? mw_browser_sign_in_find_installed (targets) : 0;
  self->looked = TRUE;
  mw_elsewhere_view_update (self);
}

static void
look (MwElsewhereView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->engine == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  mw_engine_find_targets_async (self->engine, self->cancellable, on_targets_found,
                                g_object_ref (self));
}

/* Whoever comes back may have installed what was missing. */
static void
on_window_active_cb (MwElsewhereView *self)
{
  if (gtk_window_is_active (self->window))
    look (self);
}

static void
on_button_clicked_cb (MwElsewhereView *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Looks also while there is nothing to show yet, so that it is known by then. */
static void
mw_elsewhere_view_root (GtkWidget *widget)
{
  MwElsewhereView *self = MW_ELSEWHERE_VIEW (widget);

  GTK_WIDGET_CLASS (mw_elsewhere_view_parent_class)->root (widget);

  self->window = GTK_WINDOW (gtk_widget_get_root (widget));
  g_signal_connect_object (self->window, "notify::is-active",
                           G_CALLBACK (on_window_active_cb), self, G_CONNECT_SWAPPED);
}

static void
mw_elsewhere_view_unroot (GtkWidget *widget)
{
  MwElsewhereView *self = MW_ELSEWHERE_VIEW (widget);

  g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;

  GTK_WIDGET_CLASS (mw_elsewhere_view_parent_class)->unroot (widget);
}

static void
mw_elsewhere_view_dispose (GObject *object)
{
  MwElsewhereView *self = MW_ELSEWHERE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->provider, mw_provider_unref);

  G_OBJECT_CLASS (mw_elsewhere_view_parent_class)->dispose (object);
}

static void
mw_elsewhere_view_class_init (MwElsewhereViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_elsewhere_view_dispose;
  widget_class->root = mw_elsewhere_view_root;
  widget_class->unroot = mw_elsewhere_view_unroot;

  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-elsewhere-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwElsewhereView, button);
  gtk_widget_class_bind_template_child (widget_class, MwElsewhereView, label);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked_cb);
}

static void
mw_elsewhere_view_init (MwElsewhereView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_elsewhere_view_set_engine (MwElsewhereView *self,
                              MwEngine        *engine)
{
  g_return_if_fail (MW_IS_ELSEWHERE_VIEW (self));
  g_return_if_fail (MW_IS_ENGINE (engine));

  if (g_set_object (&self->engine, engine))
    look (self);
}

void
mw_elsewhere_view_set_provider (MwElsewhereView *self,
                                MwProvider      *provider,
                                MwSetup         *setup,
                                gboolean         only)
{
  guint programs = 0;

  g_return_if_fail (MW_IS_ELSEWHERE_VIEW (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (provider != NULL && (provider->auth & MW_PROVIDER_AUTH_OAUTH2) == 0)
    provider = NULL;
  if (provider != NULL && provider->servers->len > 0)
    programs = mw_browser_sign_in_find_for_provider (provider);
  else if (provider != NULL && setup != NULL)
    programs = mw_browser_sign_in_find_for_setup (setup);

  /* The address is read anew with every letter. */
  if (provider == self->provider && programs == self->programs && only == self->only)
    return;

  if (provider != NULL)
    mw_provider_ref (provider);
  g_clear_pointer (&self->provider, mw_provider_unref);
  self->provider = provider;
  self->programs = programs;
  self->only = only;
  mw_elsewhere_view_update (self);
}

void
mw_elsewhere_view_set_waiting (MwElsewhereView *self,
                               gboolean         waiting)
{
  g_return_if_fail (MW_IS_ELSEWHERE_VIEW (self));

  gtk_widget_set_sensitive (self->button, !waiting);
}

GtkWidget *
mw_elsewhere_view_get_button (MwElsewhereView *self)
{
  g_return_val_if_fail (MW_IS_ELSEWHERE_VIEW (self), NULL);

  return gtk_widget_get_visible (self->button) ? self->button : NULL;
}
