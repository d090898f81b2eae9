/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-heading.h"

struct _MwHeading
{
  AdwBin    parent_instance;

  /* Borrowed */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (MwHeading, mw_heading, ADW_TYPE_BIN)

static void
mw_heading_class_init (MwHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
mw_heading_init (MwHeading *self)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  /* A hyphen would look like one of a server's name. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->label, attributes);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

void
mw_heading_set_text (MwHeading  *self,
                     const char *text)
{
  g_return_if_fail (MW_IS_HEADING (self));
  g_return_if_fail (text != NULL);

  if (g_str_equal (gtk_label_get_text (self->label), text))
    return;

  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

void
mw_heading_announce (MwHeading *self)
{
  g_return_if_fail (MW_IS_HEADING (self));

  /* Before, a screen reader speaks only what has the focus. */
#if GTK_CHECK_VERSION (4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_text (self->label),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}
