/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-field-note.h"

#include "app/mw-control-names.h"
#include "app/mw-entry-pause.h"

struct _MwFieldNote
{
  AdwPreferencesRow  parent_instance;

  /* Borrowed */
  GtkLabel          *label;

  /* Owned */
  GtkEditable       *field;
  MwEntryPause      *pause;

  MwFieldCheck       check;
  gpointer           check_data;
};

G_DEFINE_FINAL_TYPE (MwFieldNote, mw_field_note, ADW_TYPE_PREFERENCES_ROW)

enum {
  PROP_0,
  PROP_FIELD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
show_text (MwFieldNote *self,
           const char  *text)
{
  const char *shown = text != NULL ? text : "";

  if (g_str_equal (gtk_label_get_text (self->label), shown))
    return;

  gtk_label_set_text (self->label, shown);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  mw_control_names_describe_entry (GTK_WIDGET (self->field), text, text != NULL);
}

static char *
ask (MwFieldNote *self,
     gboolean     finished)
{
  if (self->check == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->field)))
    return NULL;

  return self->check (self->field, finished, self->check_data);
}

static void
look (MwFieldNote *self,
      gboolean     finished)
{
  g_autofree char *text = ask (self, finished);

  mw_entry_pause_forget (self->pause);
  show_text (self, text);
}

static void
on_paused (MwFieldNote *self)
{
  look (self, FALSE);
}

/* What was mended is not complained of any longer. */
static void
on_changed (MwFieldNote *self)
{
  g_autofree char *text = ask (self, FALSE);

  if (text == NULL)
    show_text (self, NULL);
}

static void
mw_field_note_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  MwFieldNote *self = MW_FIELD_NOTE (object);

  switch (prop_id)
    {
    case PROP_FIELD:
      self->field = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_field_note_constructed (GObject *object)
{
  MwFieldNote *self = MW_FIELD_NOTE (object);

  G_OBJECT_CLASS (mw_field_note_parent_class)->constructed (object);

  g_signal_connect_object (self->field, "changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  self->pause = mw_entry_pause_new (self->field);
  g_signal_connect_object (self->pause, "paused",
                           G_CALLBACK (on_paused), self, G_CONNECT_SWAPPED);
}

static void
mw_field_note_dispose (GObject *object)
{
  MwFieldNote *self = MW_FIELD_NOTE (object);

  g_clear_object (&self->pause);
  g_clear_object (&self->field);

  G_OBJECT_CLASS (mw_field_note_parent_class)->dispose (object);
}

static void
mw_field_note_class_init (MwFieldNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = mw_field_note_set_property;
  object_class->constructed = mw_field_note_constructed;
  object_class->dispose = mw_field_note_dispose;

  properties[PROP_FIELD] =
    g_param_spec_object ("field", NULL, NULL, ADW_TYPE_ENTRY_ROW,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mw_field_note_init (MwFieldNote *self)
{
  self->label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->label));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field-note");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mw_field_note_set_check (MwFieldNote  *self,
                         MwFieldCheck  check,
                         gpointer      user_data)
{
  g_return_if_fail (MW_IS_FIELD_NOTE (self));

  self->check = check;
  self->check_data = user_data;
}

gboolean
mw_field_note_check (MwFieldNote *self,
                     gboolean     take_focus)
{
  g_return_val_if_fail (MW_IS_FIELD_NOTE (self), TRUE);

  look (self, TRUE);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return TRUE;

  if (take_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->field));

  return FALSE;
}

void
mw_field_note_show (MwFieldNote *self,
                    const char  *sentence)
{
  g_return_if_fail (MW_IS_FIELD_NOTE (self));

  mw_entry_pause_forget (self->pause);
  show_text (self, sentence);
}

void
mw_field_note_clear (MwFieldNote *self)
{
  g_return_if_fail (MW_IS_FIELD_NOTE (self));

  mw_entry_pause_forget (self->pause);
  show_text (self, NULL);
}
