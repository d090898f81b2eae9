/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-target-row.h"

#include <glib/gi18n.h>

#include "app/mw-application.h"
#include "app/mw-changes-popover.h"
#include "app/mw-hand-over-questions.h"
#include "app/mw-hand-over.h"
#include "app/mw-preview.h"
#include "app/mw-program.h"
#include "export/mw-document-path.h"
#include "setup/mw-advice-target.h"
#include "setup/mw-advice.h"
#include "setup/mw-browser-sign-in.h"

struct _MwTargetRow
{
  AdwActionRow    parent_instance;

  /* Template widgets */
  GtkSpinner     *spinner;
  GtkMenuButton  *preview_button;
  GtkWidget      *button;

  /* Owned */
  MwExportTarget *target;
  MwHandOver     *hand_over;
  char           *sign_in;     /* what the program will ask; may be NULL */

  gboolean        barred;      /* the account signs in where the program cannot */
  gboolean        outdated;
  gboolean        asking;      /* looks whether there is something to ask */
};

G_DEFINE_FINAL_TYPE (MwTargetRow, mw_target_row, ADW_TYPE_ACTION_ROW)

enum {
  EXPORT_REQUESTED,
  PREVIEW_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_usable (MwTargetRow *self)
{
  return !self->barred && mw_advice_can_use_target (self->target);
}

static char *
make_subtitle (MwTargetRow *self)
{
  g_autofree char *about = mw_advice_describe_target (self->target);
  g_autofree char *access = NULL;
  const char *state = "";

  if (self->barred)
    state = _("Has no sign-in page for this provider");
  else if (self->asking)
    state = _("Looking at what is there…");
  else if (self->outdated)
    state = _("The account is there already");
  else if (self->hand_over != NULL)
    state = mw_hand_over_get_message (self->hand_over);
  if (*state == '\0')
    {
      access = mw_advice_describe_target_access (self->target);
      if (access != NULL)
        state = access;
      else if (self->sign_in != NULL)
        state = self->sign_in;
    }

  return g_strconcat (about, *about != '\0' && *state != '\0' ? "\n" : "", state,
                      NULL);
}

/* The row says which program it is; alone the button has to say it, too. */
static void
update_button (MwTargetRow     *self,
               MwHandOverState  state)
{
  const char *name = mw_hand_over_get_program_name (self->target);
  const char *label = NULL;
  g_autofree char *heard = NULL;

  switch (state)
    {
    case MW_HAND_OVER_STATE_WAITING:
      label = _("Do Not Wait");
      break;
    case MW_HAND_OVER_STATE_DONE:
      label = _("Open");
      /* Translators: name of a button; %s is a mail program. */
      heard = g_strdup_printf (_("Open %s"), name);
      break;
    case MW_HAND_OVER_STATE_FAILED:
      label = _("Try Again");
      break;
    case MW_HAND_OVER_STATE_READY:
    case MW_HAND_OVER_STATE_BUSY:
    default:
      label = self->outdated ? _("Update") : _("Add");
      /* Translators: name of a button; %s is a mail program. */
      heard = g_strdup_printf (self->outdated ? _("Update in %s") : _("Add to %s"), name);
      break;
    }

  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, heard != NULL ? heard : label,
                                  -1);
}

static MwHandOverState
get_state (MwTargetRow *self)
{
  if (self->asking)
    return MW_HAND_OVER_STATE_BUSY;
  return self->hand_over != NULL && !self->outdated
                                 ? mw_hand_over_get_state (self->hand_over)
                                 : MW_HAND_OVER_STATE_READY;
}

/* The one place that derives what is visible from the state. */
static void
mw_target_row_update (MwTargetRow *self)
{
  MwHandOverState state = get_state (self);
  gboolean working = state == MW_HAND_OVER_STATE_BUSY || state == MW_HAND_OVER_STATE_WAITING;
  gboolean can_press = state != MW_HAND_OVER_STATE_DONE ||
                       (self->hand_over != NULL && mw_hand_over_can_open (self->hand_over));
  g_autofree char *about = mw_advice_describe_target (self->target);
  g_autofree char *subtitle = make_subtitle (self);

  if (!is_usable (self))
    can_press = FALSE;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), working);
  gtk_spinner_set_spinning (self->spinner, working);

  update_button (self, state);
  gtk_widget_set_sensitive (self->button, state != MW_HAND_OVER_STATE_BUSY);
  gtk_widget_set_visible (self->button, can_press);
  /* Of several profiles the name of the button does not say which. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_button),
                          (state == MW_HAND_OVER_STATE_READY ||
                           state == MW_HAND_OVER_STATE_FAILED) &&
                          is_usable (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
}

static void
open_program (MwTargetRow *self)
{
  g_autoptr(GError) error = NULL;

  if (mw_program_open (self->target, gtk_widget_get_display (GTK_WIDGET (self)), &error))
    return;

  g_info ("Cannot start %s: %s", self->target->id, error->message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("The program could not be started. Start it from your list of "
                                 "programs."));
}

static void
on_button_clicked_cb (MwTargetRow *self)
{
  switch (get_state (self))
    {
    case MW_HAND_OVER_STATE_WAITING:
      mw_hand_over_stop_waiting (self->hand_over);
      break;
    case MW_HAND_OVER_STATE_DONE:
      open_program (self);
      break;
    case MW_HAND_OVER_STATE_READY:
    case MW_HAND_OVER_STATE_FAILED:
      g_signal_emit (self, signals[EXPORT_REQUESTED], 0);
      break;
    case MW_HAND_OVER_STATE_BUSY:
    default:
      break;
    }
}

/* Is called each time the popover is opened. */
static void
on_preview_opened (GtkMenuButton *button,
                   gpointer       user_data)
{
  MwTargetRow *self = MW_TARGET_ROW (user_data);
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (popover == NULL)
    {
      popover = GTK_POPOVER (mw_changes_popover_new (self->target));
      gtk_menu_button_set_popover (button, GTK_WIDGET (popover));
    }
  mw_changes_popover_show_looking (MW_CHANGES_POPOVER (popover));
  g_signal_emit (self, signals[PREVIEW_REQUESTED], 0);
}

static void
mw_target_row_dispose (GObject *object)
{
  MwTargetRow *self = MW_TARGET_ROW (object);

  g_clear_object (&self->hand_over);
  g_clear_pointer (&self->target, mw_export_target_unref);
  g_clear_pointer (&self->sign_in, g_free);

  G_OBJECT_CLASS (mw_target_row_parent_class)->dispose (object);
}

static void
mw_target_row_class_init (MwTargetRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_target_row_dispose;

  signals[EXPORT_REQUESTED] =
    g_signal_new ("export-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PREVIEW_REQUESTED] =
    g_signal_new ("preview-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-target-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwTargetRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, MwTargetRow, preview_button);
  gtk_widget_class_bind_template_child (widget_class, MwTargetRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked_cb);
}

static void
mw_target_row_init (MwTargetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->preview_button, on_preview_opened, self, NULL);
}

GtkWidget *
mw_target_row_new (MwExportTarget *target)
{
  MwTargetRow *self;
  g_autofree char *heard = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_TARGET_ROW, NULL);
  self->target = mw_export_target_ref (target);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 mw_hand_over_get_program_name (target));
  /* Translators: name of a button; %s is a mail program. */
  heard = g_strdup_printf (_("What will change in %s"), mw_hand_over_get_program_name (target));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, heard,
                                  -1);
  mw_target_row_update (self);

  return GTK_WIDGET (self);
}

void
mw_target_row_set_outdated (MwTargetRow *self)
{
  g_return_if_fail (MW_IS_TARGET_ROW (self));

  self->outdated = TRUE;
  mw_target_row_update (self);
}

gboolean
mw_target_row_is_usable (MwTargetRow *self)
{
  g_return_val_if_fail (MW_IS_TARGET_ROW (self), FALSE);

  return is_usable (self);
}

gboolean
mw_target_row_is_chosen (MwTargetRow *self)
{
  g_return_val_if_fail (MW_IS_TARGET_ROW (self), FALSE);

  return self->target->data_folder != NULL && mw_document_path_is (self->target->data_folder);
}

gboolean
mw_target_row_is_done (MwTargetRow *self)
{
  g_return_val_if_fail (MW_IS_TARGET_ROW (self), FALSE);

  return get_state (self) == MW_HAND_OVER_STATE_DONE;
}

static void
follow (MwTargetRow *self,
        MwHandOver  *hand_over)
{
  if (self->hand_over != NULL)
    g_signal_handlers_disconnect_by_data (self->hand_over, self);
  g_set_object (&self->hand_over, hand_over);
  self->outdated = FALSE;
  g_signal_connect_object (hand_over, "changed",
                           G_CALLBACK (mw_target_row_update), self, G_CONNECT_SWAPPED);
}

static MwWaitingRoom *
get_room (void)
{
  return mw_application_get_waiting_room (MW_APPLICATION (g_application_get_default ()));
}

void
mw_target_row_set_account (MwTargetRow *self,
                           MwProfile   *profile)
{
  MwHandOver *waiting;
  const char *name;

  g_return_if_fail (MW_IS_TARGET_ROW (self));
  g_return_if_fail (profile != NULL);

  name = mw_hand_over_get_program_name (self->target);
  g_clear_pointer (&self->sign_in, g_free);
  self->sign_in = mw_advice_describe_browser_sign_in (profile, name);
  self->barred = !mw_browser_sign_in_can_target (profile, self->target->client);
  waiting = mw_waiting_room_find (get_room (), profile->id, self->target);
  if (waiting != NULL)
    follow (self, waiting);
  mw_target_row_update (self);
}

/* The row may be gone by the time all is asked; the hand-over is not. */
typedef struct {
  MwTargetRow    *row;
  MwEngine       *engine;
  MwProfile      *profile;
  MwSetup        *setup;
  MwExportTarget *target;
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->row);
  g_object_unref (start->engine);
  mw_profile_unref (start->profile);
  g_clear_object (&start->setup);
  mw_export_target_unref (start->target);
  g_free (start);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

static void
hand_over (Start                 *start,
           const MwExportOptions *options)
{
  g_autoptr(MwHandOver) new = NULL;
  MwHandOver *waiting;

  /* One and the same way is gone once. */
  waiting = mw_waiting_room_find (get_room (), start->profile->id, start->target);
  if (waiting != NULL)
    mw_hand_over_stop_waiting (waiting);

  new = mw_hand_over_new (start->engine, start->profile, start->setup, start->target);
  mw_hand_over_set_options (new, options);
  if (start->row->target != NULL)
    follow (start->row, new);
  mw_waiting_room_take (get_room (), new);
  mw_hand_over_start (new);
}

static void
on_asked (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Start) start = user_data;
  g_autoptr(MwExportOptions) options = mw_hand_over_questions_ask_finish (result, NULL);

  start->row->asking = FALSE;
  if (options != NULL)
    hand_over (start, options);
  else if (start->row->target != NULL)
    mw_target_row_update (start->row);
  g_application_release (g_application_get_default ());
}

void
mw_target_row_start (MwTargetRow *self,
                     MwEngine    *engine,
                     MwProfile   *profile,
                     MwSetup     *setup)
{
  Start *start;

  g_return_if_fail (MW_IS_TARGET_ROW (self));
  g_return_if_fail (profile != NULL);

  start = g_new0 (Start, 1);
  start->row = g_object_ref (self);
  start->engine = g_object_ref (engine);
  start->profile = mw_profile_ref (profile);
  start->setup = setup != NULL ? g_object_ref (setup) : NULL;
  start->target = mw_export_target_ref (self->target);

  g_application_hold (g_application_get_default ());
  self->asking = TRUE;
  mw_target_row_update (self);
  mw_hand_over_questions_ask_async (GTK_WIDGET (self), engine, profile, setup, self->target,
                                    on_asked, start);
}

static void
on_previewed (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MwTargetRow) self = MW_TARGET_ROW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwExportReport) report = mw_preview_finish (result, &error);
  GtkPopover *popover = NULL;

  if (self->target != NULL)
    popover = gtk_menu_button_get_popover (self->preview_button);
  if (popover != NULL)
    mw_changes_popover_show_report (MW_CHANGES_POPOVER (popover), report, error);
}

void
mw_target_row_preview (MwTargetRow *self,
                       MwEngine    *engine,
                       MwProfile   *profile,
                       MwSetup     *setup)
{
  /* Looking is no use of the folder that anybody has to say yes to. */
  const MwExportOptions options = { .accept_place = TRUE };

  g_return_if_fail (MW_IS_TARGET_ROW (self));
  g_return_if_fail (profile != NULL);

  mw_preview_async (engine, profile, setup, self->target, &options, NULL, on_previewed,
                    g_object_ref (self));
}

GtkWidget *
mw_target_row_get_button (MwTargetRow *self)
{
  g_return_val_if_fail (MW_IS_TARGET_ROW (self), NULL);

  return self->button;
}

MwMailClient
mw_target_row_get_client (MwTargetRow *self)
{
  g_return_val_if_fail (MW_IS_TARGET_ROW (self), MW_MAIL_CLIENT_EVOLUTION);

  return self->target->client;
}
