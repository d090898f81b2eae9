/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-step-row.h"

#include <glib/gi18n.h>

/* Two lines that nobody sees. */
#define RESERVED_LINES "\n"

struct _MwStepRow
{
  GtkListBoxRow  parent_instance;

  /* Template widgets */
  GtkStack      *mark_stack;
  GtkSpinner    *spinner;
  GtkLabel      *title_label;
  GtkOverlay    *words_overlay;
  GtkLabel      *reserve_label;
  GtkLabel      *words_label;
  GtkLabel      *time_label;
};

G_DEFINE_FINAL_TYPE (MwStepRow, mw_step_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (!g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
}

static void
mw_step_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  MwStepRow *self = MW_STEP_ROW (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title_label));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_step_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      mw_step_row_set_title (MW_STEP_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_step_row_class_init (MwStepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mw_step_row_get_property;
  object_class->set_property = mw_step_row_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, mark_stack);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, words_overlay);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, reserve_label);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, MwStepRow, time_label);
}

static void
mw_step_row_init (MwStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_step_row_new (void)
{
  return g_object_new (MW_TYPE_STEP_ROW, NULL);
}

void
mw_step_row_set_title (MwStepRow  *self,
                       const char *title)
{
  g_return_if_fail (MW_IS_STEP_ROW (self));
  g_return_if_fail (title != NULL);

  if (g_str_equal (gtk_label_get_text (self->title_label), title))
    return;

  gtk_label_set_text (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

void
mw_step_row_set_words (MwStepRow  *self,
                       const char *words,
                       gboolean    live)
{
  g_return_if_fail (MW_IS_STEP_ROW (self));
  g_return_if_fail (words != NULL);

  set_text (self->reserve_label, live ? RESERVED_LINES : "");
  gtk_label_set_lines (self->words_label, live ? 2 : -1);
  gtk_label_set_ellipsize (self->words_label, live ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_overlay_set_measure_overlay (self->words_overlay, GTK_WIDGET (self->words_label), !live);

  if (g_str_equal (gtk_label_get_text (self->words_label), words))
    return;

  /* A screen reader speaks the description with the row. */
  gtk_label_set_text (self->words_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

void
mw_step_row_set_mark (MwStepRow  *self,
                      MwStepMark  mark)
{
  static const char * const names[] = { "none", "busy", "done" };

  g_return_if_fail (MW_IS_STEP_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->mark_stack), TRUE);
  gtk_stack_set_visible_child_name (self->mark_stack, names[mark]);
  gtk_spinner_set_spinning (self->spinner, mark == MW_STEP_MARK_BUSY);
}

void
mw_step_row_set_duration (MwStepRow *self,
                          gint64     elapsed_us)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MW_IS_STEP_ROW (self));

  if (elapsed_us >= 0)
    {
      int milliseconds = (int) MIN (elapsed_us / 1000, G_MAXINT);

      /* Translators: a duration in milliseconds. */
      text = g_strdup_printf (_("%d ms"), milliseconds);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->time_label), TRUE);
  set_text (self->time_label, text != NULL ? text : "");
}
