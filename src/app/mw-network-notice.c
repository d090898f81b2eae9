/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-network-notice.h"

#include <glib/gi18n.h>

struct _MwNetworkNotice
{
  AdwBin     parent_instance;

  /* Template widgets */
  GtkLabel  *label;
  GtkWidget *portal_button;
};

G_DEFINE_FINAL_TYPE (MwNetworkNotice, mw_network_notice, ADW_TYPE_BIN)

static const char *
get_sentence (MwNetworkCondition condition,
              gboolean           held_back)
{
  switch (condition)
    {
    case MW_NETWORK_CONDITION_OFFLINE:
      return held_back ? _("This computer is offline. As soon as it is connected to a network, "
                           "you can go on.")
                       : _("This computer is not connected to the internet. Only servers in its "
                           "own network can be reached.");
    case MW_NETWORK_CONDITION_PORTAL:
      return _("This network wants you to sign in to it first, on a page of its own in the "
               "browser.");
    case MW_NETWORK_CONDITION_ONLINE:
    case MW_NETWORK_CONDITION_LIMITED:
    default:
      return NULL;
    }
}

static void
on_portal_clicked_cb (MwNetworkNotice *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), MW_ADVICE_PORTAL_URI,
                GDK_CURRENT_TIME);
}

static void
mw_network_notice_class_init (MwNetworkNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-network-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, MwNetworkNotice, label);
  gtk_widget_class_bind_template_child (widget_class, MwNetworkNotice, portal_button);
  gtk_widget_class_bind_template_callback (widget_class, on_portal_clicked_cb);
}

static void
mw_network_notice_init (MwNetworkNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
mw_network_notice_update (MwNetworkNotice *self,
                          MwSetup         *setup,
                          MwAddress       *address)
{
  MwNetworkCondition condition = MW_NETWORK_CONDITION_ONLINE;
  gboolean held_back = FALSE;
  const char *sentence;

  g_return_val_if_fail (MW_IS_NETWORK_NOTICE (self), FALSE);

  if (setup != NULL)
    {
      condition = mw_engine_get_network (mw_setup_get_engine (setup));
      held_back = mw_setup_is_held_back (setup, address);
    }

  sentence = get_sentence (condition, held_back);
  gtk_label_set_text (self->label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->portal_button, condition == MW_NETWORK_CONDITION_PORTAL);
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);

  return condition == MW_NETWORK_CONDITION_OFFLINE && held_back;
}
