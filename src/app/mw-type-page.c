/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-type-page.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-entry-pause.h"
#include "app/mw-foreign-text.h"
#include "app/mw-hint-card.h"
#include "app/mw-network-notice.h"
#include "app/mw-pasted-link.h"
#include "app/mw-provider-tiles.h"
#include "app/mw-tab-order.h"
#include "app/mw-tile.h"
#include "core/mw-secret.h"

struct _MwTypePage
{
  AdwBin            parent_instance;

  /* Template widgets */
  GtkEditable      *address_row;
  GtkLabel         *error_label;
  GtkWidget        *continue_button;
  GtkWidget        *keyring_label;
  MwNetworkNotice  *network_notice;
  MwHintCard       *hint_card;
  MwProviderTiles  *provider_tiles;

  /* Owned */
  MwSetup          *setup;
  MwProviderLookup *lookup;
  MwEntryPause     *pause;
};

G_DEFINE_FINAL_TYPE (MwTypePage, mw_type_page, ADW_TYPE_BIN)

static void
show_error (MwTypePage *self,
            const char *sentence)
{
  gboolean invalid = sentence != NULL;

  gtk_label_set_text (self->error_label, invalid ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), invalid);

  /* The sentence is heard with the entry that has the focus. */
  mw_control_names_describe_entry (GTK_WIDGET (self->address_row), sentence, invalid);
}

/* A link is no address, but it is plain what is meant. */
static gboolean
open_link (MwTypePage *self,
           const char *text,
           gssize      length)
{
  char *link = mw_pasted_link_find (text, length);

  if (link == NULL)
    return FALSE;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-text", "s", link);
  mw_secret_free_bytes (link);
  return TRUE;
}

/* What is typed comes letter by letter. */
static void
on_insert_text (GtkEditable *text,
                const char  *inserted,
                int          length,
                int         *position,
                MwTypePage  *self)
{
  if (open_link (self, inserted, length))
    g_signal_stop_emission_by_name (text, "insert-text");
}

/* Hands the address over. An empty one is fine where @needed is not, because
 * the next page asks again. */
static gboolean
take_address (MwTypePage *self,
              gboolean    needed)
{
  const char *text = gtk_editable_get_text (self->address_row);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwAdvice) advice = NULL;

  if (!needed && *text == '\0')
    return TRUE;
  if (open_link (self, text, -1))
    {
      /* There may be a password in it. */
      gtk_editable_set_text (self->address_row, "");
      return FALSE;
    }
  if (mw_setup_set_address (self->setup, text, TRUE, &error))
    return TRUE;

  advice = mw_advice_for_error (error);
  mw_entry_pause_forget (self->pause);
  show_error (self, advice->text);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));

  return FALSE;
}

static void
on_address_paused_cb (MwTypePage *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  g_autofree char *sentence = *text != '\0' ? mw_advice_explain_address (text) : NULL;

  if (sentence != NULL)
    show_error (self, sentence);
}

static void
choose (MwTypePage *self,
        int         protocol,
        MwProvider *provider,
        const char *page)
{
  if (self->setup == NULL || !take_address (self, FALSE))
    return;

  mw_setup_set_protocol (self->setup, protocol);
  mw_setup_choose_provider (self->setup, provider);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", page);
}

static void
update_hints (MwTypePage *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  g_autoptr(MwAddress) address = mw_address_parse (text, NULL);
  g_autofree char *domain = NULL;

  if (address != NULL)
    domain = mw_foreign_text_new_host (mw_address_get_domain_display (address));
  mw_hint_card_show_found (self->hint_card, self->lookup, domain);
}

/* The other page with an address tells the look-up of its own. */
static void
on_lookup_changed_cb (MwTypePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_hints (self);
}

static void
look_up (MwTypePage *self)
{
  mw_provider_lookup_set_text (self->lookup, gtk_editable_get_text (self->address_row));
  update_hints (self);
}

static void
on_address_changed_cb (MwTypePage *self)
{
  show_error (self, NULL);
  if (self->lookup != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_up (self);
}

static void
on_continue_clicked_cb (MwTypePage *self)
{
  if (self->setup == NULL || !take_address (self, TRUE))
    return;

  mw_setup_set_protocol (self->setup, -1);
  mw_setup_choose_provider (self->setup, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "sign-in");
}

static void
on_provider_chosen_cb (MwTypePage *self,
                       MwProvider *provider)
{
  choose (self, -1, provider, "sign-in");
}

static void
on_other_clicked_cb (MwTypePage *self)
{
  choose (self, -1, NULL, "sign-in");
}

static void
on_imap_clicked_cb (MwTypePage *self)
{
  choose (self, MW_PROTOCOL_IMAP, NULL, "sign-in");
}

static void
on_pop_clicked_cb (MwTypePage *self)
{
  choose (self, MW_PROTOCOL_POP3, NULL, "sign-in");
}

static void
on_manual_clicked_cb (MwTypePage *self)
{
  choose (self, -1, NULL, "advanced");
}

static void
mw_type_page_map (GtkWidget *widget)
{
  MwTypePage *self = MW_TYPE_PAGE (widget);

  GTK_WIDGET_CLASS (mw_type_page_parent_class)->map (widget);

  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), self->continue_button);
  look_up (self);
}

static gboolean
mw_type_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MW_TYPE_PAGE (widget)->address_row));
}

static void
mw_type_page_dispose (GObject *object)
{
  MwTypePage *self = MW_TYPE_PAGE (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->pause);

  G_OBJECT_CLASS (mw_type_page_parent_class)->dispose (object);
}

static void
mw_type_page_class_init (MwTypePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_type_page_dispose;
  widget_class->map = mw_type_page_map;
  widget_class->grab_focus = mw_type_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_HINT_CARD);
  g_type_ensure (MW_TYPE_NETWORK_NOTICE);
  g_type_ensure (MW_TYPE_PROVIDER_TILES);
  g_type_ensure (MW_TYPE_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-type-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, network_notice);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, hint_card);
  gtk_widget_class_bind_template_child (widget_class, MwTypePage, provider_tiles);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_provider_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_imap_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_manual_clicked_cb);
}

static void
mw_type_page_init (MwTypePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_editable_get_delegate (self->address_row), "insert-text",
                           G_CALLBACK (on_insert_text), self, 0);
  self->pause = mw_entry_pause_new (self->address_row);
  g_signal_connect_object (self->pause, "paused", G_CALLBACK (on_address_paused_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mw_type_page_set_lookup (MwTypePage       *self,
                         MwProviderLookup *lookup)
{
  g_return_if_fail (MW_IS_TYPE_PAGE (self));
  g_return_if_fail (self->lookup == NULL);

  self->lookup = g_object_ref (lookup);
  g_signal_connect_object (lookup, "changed", G_CALLBACK (on_lookup_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mw_type_page_set_setup (MwTypePage *self,
                        MwSetup    *setup)
{
  g_return_if_fail (MW_IS_TYPE_PAGE (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (g_set_object (&self->setup, setup))
    gtk_editable_set_text (self->address_row, "");
  if (setup != NULL)
    mw_provider_tiles_fill (self->provider_tiles, mw_setup_get_engine (setup));
  mw_type_page_update_network (self);
}

void
mw_type_page_try_address (MwTypePage *self,
                          const char *text)
{
  g_return_if_fail (MW_IS_TYPE_PAGE (self));

  gtk_editable_set_text (self->address_row, text);
  take_address (self, TRUE);
}

void
mw_type_page_set_keyring_missing (MwTypePage *self,
                                  gboolean    missing)
{
  g_return_if_fail (MW_IS_TYPE_PAGE (self));

  gtk_widget_set_visible (self->keyring_label, missing);
}

/* Going on is no use of the network yet, so nothing waits here. */
void
mw_type_page_update_network (MwTypePage *self)
{
  g_return_if_fail (MW_IS_TYPE_PAGE (self));

  mw_network_notice_update (self->network_notice, self->setup, NULL);
}
