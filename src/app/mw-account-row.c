/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-account-row.h"

#include <glib/gi18n.h>

#include "app/mw-account-menu.h"
#include "app/mw-column.h"
#include "app/mw-foreign-text.h"
#include "app/mw-tab-order.h"
#include "core/mw-address.h"
#include "setup/mw-advice-account.h"

#define LABEL_MAX_CHARS 80
#define ADDRESS_MAX_CHARS 254
#define N_COLOURS 8

struct _MwAccountRow
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkLabel      *initials_label;
  GtkLabel      *name_label;
  GtkLabel      *address_label;
  GtkImage      *state_image;
  GtkLabel      *state_label;
  GtkLabel      *places_label;
  GtkWidget     *delete_button;
  GtkWidget     *menu_button;

  /* Borrowed: children that are no part of the template */
  GtkWidget     *menu;

  /* Owned */
  MwAccountItem *item;
  MwProvider    *provider;
  char          *colour;
  gulong         changed_id;
};

G_DEFINE_FINAL_TYPE (MwAccountRow, mw_account_row, ADW_TYPE_BIN)

/* A picture and a colour for the eye that has no time for the words. */
static const struct {
  const char *icon_name;
  const char *css_class;
} looks[] = {
  [MW_ACCOUNT_LEVEL_WORKS] = { "emblem-ok-symbolic", "success" },
  [MW_ACCOUNT_LEVEL_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [MW_ACCOUNT_LEVEL_WAITS] = { "document-open-recent-symbolic", "accent" },
  [MW_ACCOUNT_LEVEL_WARNING] = { "dialog-warning-symbolic", "warning" },
  [MW_ACCOUNT_LEVEL_PROBLEM] = { "dialog-error-symbolic", "error" },
};

static void
show_state (MwAccountRow   *self,
            const char     *text,
            MwAccountLevel  level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_image), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_image), looks[level].css_class);
  gtk_image_set_from_icon_name (self->state_image, looks[level].icon_name);
  gtk_label_set_text (self->state_label, text);
}

/* The disc looks like that of the provider's tile. */
static void
show_initials (MwAccountRow *self)
{
  MwProfile *profile = mw_account_item_get_profile (self->item);
  g_autofree char *initials = NULL;
  const char *origin = profile->address;

  if (self->provider != NULL && self->provider->id != NULL && self->provider->initials != NULL)
    {
      initials = g_strdup (self->provider->initials);
      origin = self->provider->id;
    }
  else
    initials = mw_account_item_dup_initials (self->item);

  gtk_label_set_text (self->initials_label, initials);
  if (self->colour != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->initials_label), self->colour);
  g_free (self->colour);
  self->colour = g_strdup_printf ("colour-%u", g_str_hash (origin) % N_COLOURS);
  gtk_widget_add_css_class (GTK_WIDGET (self->initials_label), self->colour);
}

static char *
make_address (MwProfile *profile)
{
  g_autoptr(MwAddress) parsed = mw_address_parse (profile->address, NULL);

  return mw_foreign_text_new (parsed != NULL ? mw_address_get_display (parsed) : profile->address,
                              ADDRESS_MAX_CHARS);
}

static char *
make_places (MwProfile *profile)
{
  g_autofree char *places = mw_advice_describe_account_places (profile);

  if (!profile->is_default)
    return g_steal_pointer (&places);
  if (places == NULL)
    return g_strdup (_("Default account"));
  return g_strdup_printf ("%s · %s", _("Default account"), places);
}

static void
name_button (GtkWidget  *button,
             const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

/* Who listens hears the name first, and what stands below it after that. */
static void
name_row (MwAccountRow *self)
{
  GtkWidget *list_row = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkLabel *labels[] = { self->address_label, self->state_label, self->places_label };
  g_autoptr(GString) description = g_string_new (NULL);

  if (list_row == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (labels[i])))
      g_string_append_printf (description, "%s%s", description->len > 0 ? ", " : "",
                              gtk_label_get_text (labels[i]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->name_label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description->str,
                                  -1);
}

static void
mw_account_row_update (MwAccountRow *self)
{
  MwProfile *profile = mw_account_item_get_profile (self->item);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = mw_foreign_text_new (mw_account_item_get_name (self->item),
                                               LABEL_MAX_CHARS);
  g_autofree char *address = make_address (profile);
  g_autofree char *places = make_places (profile);
  g_autofree char *state = NULL;
  g_autofree char *menu_name = NULL;
  g_autofree char *delete_name = NULL;
  MwAccountLevel level;

  state = mw_advice_describe_account (profile, mw_account_item_get_waiting_for (self->item), now,
                                      &level);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->address_label, address);
  gtk_widget_set_visible (GTK_WIDGET (self->address_label), !g_str_equal (name, address));
  show_state (self, state, level);
  gtk_label_set_text (self->places_label, places != NULL ? places : "");
  gtk_widget_set_visible (GTK_WIDGET (self->places_label), places != NULL);
  show_initials (self);

  /* Translators: name of the menu of one account; %s is the account's name. */
  menu_name = g_strdup_printf (_("Menu of %s"), name);
  name_button (self->menu_button, menu_name);
  /* Translators: %s is the name of an account. */
  delete_name = g_strdup_printf (_("Delete %s…"), name);
  name_button (self->delete_button, delete_name);
  name_row (self);
}

static void
close_menu (MwAccountRow *self)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}

/* The row is its parent, so that the row has the focus again when it closes. */
static GtkPopover *
make_menu (MwAccountRow *self)
{
  g_autoptr(GMenuModel) model = mw_account_menu_new (self->item);

  close_menu (self);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  return GTK_POPOVER (self->menu);
}

static void
popup_menu_at (MwAccountRow *self,
               double        x,
               double        y)
{
  GtkPopover *menu;

  if (self->item == NULL)
    return;

  menu = make_menu (self);
  gtk_popover_set_has_arrow (menu, FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (menu, &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (menu);
}

static void
on_delete_clicked_cb (MwAccountRow *self)
{
  if (self->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.delete-account", "s",
                                mw_account_item_get_id (self->item));
}

static void
on_secondary_pressed_cb (MwAccountRow *self,
                         int           n_press,
                         double        x,
                         double        y,
                         GtkGesture   *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu_at (self, x, y);
}

static void
on_long_pressed_cb (MwAccountRow *self,
                    double        x,
                    double        y,
                    GtkGesture   *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu_at (self, x, y);
}

/* What Tab does on every page. */
static gboolean (*pass_through) (GtkWidget        *widget,
                                 GtkDirectionType  direction);

/* The row of the list is what arrow keys go to; the buttons come after it. */
static gboolean
mw_account_row_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean goes_on = direction == GTK_DIR_TAB_FORWARD ||
                     direction == (is_rtl ? GTK_DIR_LEFT : GTK_DIR_RIGHT);
  gboolean goes_back = direction == GTK_DIR_TAB_BACKWARD ||
                       direction == (is_rtl ? GTK_DIR_RIGHT : GTK_DIR_LEFT);
  GtkWidget *list_row = gtk_widget_get_parent (widget);
  gboolean is_inside = gtk_widget_get_focus_child (widget) != NULL;

  if (!is_inside && !(goes_on && list_row != NULL && gtk_widget_is_focus (list_row)))
    return FALSE;
  if (pass_through (widget, direction))
    return TRUE;

  return is_inside && goes_back && gtk_widget_grab_focus (widget);
}

/* Not by gtk_widget_grab_focus(): the row of the list would ask this one first. */
static gboolean
mw_account_row_grab_focus (GtkWidget *widget)
{
  GtkWidget *list_row = gtk_widget_get_parent (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (list_row == NULL || root == NULL)
    return FALSE;

  gtk_root_set_focus (root, list_row);
  return TRUE;
}

static void
mw_account_row_dispose (GObject *object)
{
  MwAccountRow *self = MW_ACCOUNT_ROW (object);

  close_menu (self);
  mw_account_row_set_item (self, NULL, NULL);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (mw_account_row_parent_class)->dispose (object);
}

static void
mw_account_row_class_init (MwAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_account_row_dispose;
  widget_class->grab_focus = mw_account_row_grab_focus;
  mw_tab_order_pass_through (widget_class);
  pass_through = widget_class->focus;
  widget_class->focus = mw_account_row_focus;

  g_type_ensure (MW_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, initials_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, state_image);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, places_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, mw_account_row_popup_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed_cb);
}

static void
mw_account_row_init (MwAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_account_row_new (void)
{
  return g_object_new (MW_TYPE_ACCOUNT_ROW, NULL);
}

void
mw_account_row_set_item (MwAccountRow  *self,
                         MwAccountItem *item,
                         MwProvider    *provider)
{
  g_return_if_fail (MW_IS_ACCOUNT_ROW (self));
  g_return_if_fail (item == NULL || MW_IS_ACCOUNT_ITEM (item));

  close_menu (self);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  g_clear_pointer (&self->provider, mw_provider_unref);
  if (item == NULL)
    return;

  self->provider = provider != NULL ? mw_provider_ref (provider) : NULL;
  self->changed_id = g_signal_connect_swapped (item, "changed",
                                               G_CALLBACK (mw_account_row_update), self);
  mw_account_row_update (self);
}

MwAccountItem *
mw_account_row_get_item (MwAccountRow *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ROW (self), NULL);

  return self->item;
}

void
mw_account_row_popup_menu (MwAccountRow *self)
{
  GtkPopover *menu;
  graphene_rect_t bounds;

  g_return_if_fail (MW_IS_ACCOUNT_ROW (self));

  if (self->item == NULL
      || !gtk_widget_compute_bounds (self->menu_button, GTK_WIDGET (self), &bounds))
    return;

  menu = make_menu (self);
  gtk_popover_set_pointing_to (menu, &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                       bounds.size.width, bounds.size.height });
  gtk_popover_popup (menu);
}

gboolean
mw_account_row_focus_end (MwAccountRow *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ROW (self), FALSE);

  return gtk_widget_grab_focus (self->menu_button);
}
