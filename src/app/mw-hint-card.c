/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hint-card.h"

#include "app/mw-provider-mark.h"
#include "setup/mw-advice-hint.h"

struct _MwHintCard
{
  AdwBin      parent_instance;

  /* Template widgets */
  GtkBox     *hints_box;

  /* Owned */
  MwProvider *provider;
  char       *keeper;
};

G_DEFINE_FINAL_TYPE (MwHintCard, mw_hint_card, ADW_TYPE_BIN)

static void
remove_all (MwHintCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->hints_box))) != NULL)
    gtk_box_remove (self->hints_box, child);
}

static void
add_sentence (MwHintCard *self,
              const char *sentence)
{
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (self->hints_box, label);
}

/* Whose the address is, as soon as it is clear. */
static void
add_mark (MwHintCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = gtk_label_new (self->provider->name);

  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (box), mw_provider_mark_new (self->provider));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (self->hints_box, box);
}

static void
add_button (MwHintCard *self,
            const char *uri)
{
  g_autofree char *text = mw_advice_describe_page (self->provider);
  GtkWidget *button = gtk_link_button_new_with_label (uri, text);

  gtk_widget_add_css_class (button, "hint-page");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_box_append (self->hints_box, button);
}

/* One button for hints that follow each other and lead to the same page. */
static gboolean
ends_its_page (MwHintCard *self,
               guint       i)
{
  GPtrArray *hints = self->provider->hints;
  MwHint *hint = g_ptr_array_index (hints, i);
  MwHint *next = i + 1 < hints->len ? g_ptr_array_index (hints, i + 1) : NULL;

  return hint->uri != NULL && (next == NULL || g_strcmp0 (hint->uri, next->uri) != 0);
}

static void
mw_hint_card_dispose (GObject *object)
{
  MwHintCard *self = MW_HINT_CARD (object);

  g_clear_pointer (&self->provider, mw_provider_unref);
  g_clear_pointer (&self->keeper, g_free);

  G_OBJECT_CLASS (mw_hint_card_parent_class)->dispose (object);
}

static void
mw_hint_card_class_init (MwHintCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_hint_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-hint-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MwHintCard, hints_box);
}

static void
mw_hint_card_init (MwHintCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_hint_card_set_provider (MwHintCard *self,
                           MwProvider *provider,
                           const char *keeper)
{
  gboolean has_button = FALSE;

  g_return_if_fail (MW_IS_HINT_CARD (self));

  /* The address is read anew with every letter. */
  if (self->provider == provider && g_strcmp0 (self->keeper, keeper) == 0)
    return;

  g_clear_pointer (&self->provider, mw_provider_unref);
  g_clear_pointer (&self->keeper, g_free);
  remove_all (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          provider != NULL && (provider->hints->len > 0 || keeper != NULL ||
                                               mw_provider_is_confirmed (provider)));
  if (provider == NULL)
    return;

  self->provider = mw_provider_ref (provider);
  self->keeper = g_strdup (keeper);
  if (mw_provider_is_confirmed (provider))
    add_mark (self);
  if (keeper != NULL)
    add_sentence (self, keeper);
  for (guint i = 0; i < provider->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (provider->hints, i);
      g_autofree char *sentence = mw_advice_describe_hint (hint, provider);
      g_autofree char *quote = mw_advice_quote_hint (hint);

      add_sentence (self, sentence);
      if (quote != NULL)
        add_sentence (self, quote);
      has_button |= hint->uri != NULL;
      if (ends_its_page (self, i))
        add_button (self, hint->uri);
    }
  if (keeper != NULL && !has_button && provider->help_uri != NULL)
    add_button (self, provider->help_uri);
}

void
mw_hint_card_show_found (MwHintCard       *self,
                         MwProviderLookup *lookup,
                         const char       *domain)
{
  MwProvider *provider;
  g_autofree char *keeper = NULL;

  g_return_if_fail (MW_IS_HINT_CARD (self));
  g_return_if_fail (MW_IS_PROVIDER_LOOKUP (lookup));

  provider = domain != NULL ? mw_provider_lookup_get_provider (lookup) : NULL;
  if (provider != NULL && mw_provider_lookup_is_by_exchanger (lookup))
    keeper = mw_advice_describe_keeper (provider, domain, mw_provider_lookup_is_sure (lookup));
  mw_hint_card_set_provider (self, provider, keeper);
}
