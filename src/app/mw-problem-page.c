/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-problem-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-tab-order.h"
#include "app/mw-tile.h"

#define WORDS_MAX_CHARS 400
#define REFUSALS_WITHIN (10 * 60 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (MwProblemPage, mw_problem_page, ADW_TYPE_BIN)

static gboolean
side_works (MwSetup *setup,
            MwSide   side)
{
  MwVerdict *verdict = mw_setup_get_verdict (setup, side);

  return verdict != NULL && (verdict->outcome == MW_OUTCOME_WORKS ||
                             verdict->outcome == MW_OUTCOME_IN_USE);
}

/* When both sides fail, the receiving one is the headline. */
static MwSide
find_failing_side (MwSetup *setup)
{
  return side_works (setup, MW_SIDE_INCOMING) ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING;
}

/* The one that was typed, else the one that was tried. */
static const char *
get_user_name (MwProblemPage *self)
{
  const char *user_name = mw_setup_get_user_name (self->setup, self->side);
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, self->side);

  return user_name == NULL && verdict != NULL ? verdict->user_name : user_name;
}

/* Of which a provider knows nothing. */
static gboolean
is_before_every_server (MwSetup *setup)
{
  MwOutcome outcome = mw_setup_get_outcome (setup);

  return outcome == MW_OUTCOME_OFFLINE || outcome == MW_OUTCOME_PORTAL;
}

static gboolean
wants_password (MwAdvice *advice)
{
  return advice->action == MW_ADVICE_ACTION_EDIT_PASSWORD ||
         advice->action == MW_ADVICE_ACTION_SEPARATE_OUTGOING;
}

static gboolean
wants_user_name (MwAdvice *advice)
{
  return advice->action == MW_ADVICE_ACTION_EDIT_USER_NAME ||
         advice->action == MW_ADVICE_ACTION_SEPARATE_OUTGOING;
}

static void
update_server_words (MwProblemPage *self)
{
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, self->side);
  g_autofree char *host = NULL;
  g_autofree char *said = NULL;
  g_autofree char *words = NULL;
  g_autofree char *quoted = NULL;
  MwEndpoint *endpoint;
  gboolean spoke;

  if (verdict != NULL)
    words = mw_foreign_text_new (verdict->server_text, WORDS_MAX_CHARS);
  spoke = words != NULL && *words != '\0';
  gtk_widget_set_visible (self->server_box, spoke);
  if (!spoke)
    return;

  endpoint = mw_candidate_get_endpoint (verdict->candidate);
  host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  /* Translators: %s is the name of a server; its words follow on the next
   * line, in quotes. */
  said = g_strdup_printf (_("The server %s said:"), host);
  /* Translators: the quotation marks of your language around words that a
   * server sent. */
  quoted = g_strdup_printf (_("“%s”"), words);
  gtk_label_set_text (self->server_label, said);
  gtk_label_set_text (self->words_label, quoted);
}

static void
update_lock_warning (MwProblemPage *self)
{
  MwOutcome outcome = mw_setup_get_outcome (self->setup);
  const char *address = mw_address_get_text (mw_setup_get_address (self->setup));
  gint64 oldest;

  /* Every account is locked on its own. */
  if (g_strcmp0 (self->refused, address) != 0)
    {
      memset (self->refusals, 0, sizeof self->refusals);
      g_free (self->refused);
      self->refused = g_strdup (address);
    }

  if (outcome != MW_OUTCOME_BAD_CREDENTIALS && outcome != MW_OUTCOME_LOGIN_REFUSED &&
      outcome != MW_OUTCOME_NEED_APP_PASSWORD)
    {
      gtk_widget_set_visible (self->lock_label, FALSE);
      return;
    }

  for (int i = MW_PROBLEM_PAGE_N_REFUSALS - 1; i > 0; i--)
    self->refusals[i] = self->refusals[i - 1];
  self->refusals[0] = g_get_monotonic_time ();
  oldest = self->refusals[MW_PROBLEM_PAGE_N_REFUSALS - 1];
  gtk_widget_set_visible (self->lock_label,
                          oldest != 0 && self->refusals[0] - oldest < REFUSALS_WITHIN);
}

static const char *
get_repair_label (MwAdvice *advice)
{
  /* The entry for it is here already. */
  if (advice->action == MW_ADVICE_ACTION_EDIT_USER_NAME)
    return _("_Try Again");
  if (advice->action_label != NULL)
    return advice->action_label;
  if (advice->action == MW_ADVICE_ACTION_NONE)
    return NULL;

  return _("_Try Again");
}

static void
update_repair (MwProblemPage *self,
               MwAdvice      *advice)
{
  const char *label = get_repair_label (advice);

  gtk_widget_set_visible (self->repair_button, label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (self->repair_button), label);
  mw_control_names_mend (self->repair_button);
}

static void
clear_error (MwProblemPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  mw_control_names_describe_entry (GTK_WIDGET (self->password_row), NULL, FALSE);
}

static void
on_password_changed_cb (MwProblemPage *self)
{
  clear_error (self);
}

static void
on_repair_clicked_cb (MwProblemPage *self)
{
  g_autoptr(MwAdvice) advice = mw_advice_copy (mw_setup_get_advice (self->setup));

  mw_problem_page_perform (self, advice);
}

static void
on_cause_chosen_cb (MwProblemPage *self,
                    MwAdvice      *advice)
{
  mw_problem_page_perform (self, advice);
}

static void
on_receive_only_clicked_cb (MwProblemPage *self)
{
  g_object_set (self->setup, "receive-only", TRUE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
on_again_clicked_cb (MwProblemPage *self)
{
  if (mw_problem_page_take_entries (self, FALSE))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
on_advanced_clicked_cb (MwProblemPage *self)
{
  if (mw_problem_page_take_entries (self, FALSE))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "advanced");
}

static void
mw_problem_page_map (GtkWidget *widget)
{
  MwProblemPage *self = MW_PROBLEM_PAGE (widget);
  GtkWidget *repair = NULL;

  GTK_WIDGET_CLASS (mw_problem_page_parent_class)->map (widget);

  if (gtk_widget_get_visible (self->repair_button))
    repair = self->repair_button;
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), repair);
}

/* Only what has to be corrected gets the focus; without such a thing the
 * heading, so that it is heard. */
static gboolean
mw_problem_page_grab_focus (GtkWidget *widget)
{
  MwProblemPage *self = MW_PROBLEM_PAGE (widget);

  if (!gtk_widget_get_visible (self->entries_box))
    return gtk_widget_grab_focus (GTK_WIDGET (self->title));

  mw_heading_announce (self->title);
  if (gtk_widget_get_visible (GTK_WIDGET (self->user_row)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->user_row));

  return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
mw_problem_page_dispose (GObject *object)
{
  MwProblemPage *self = MW_PROBLEM_PAGE (object);

  g_clear_object (&self->setup);
  g_clear_pointer (&self->refused, g_free);

  G_OBJECT_CLASS (mw_problem_page_parent_class)->dispose (object);
}

static void
mw_problem_page_class_init (MwProblemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_problem_page_dispose;
  widget_class->map = mw_problem_page_map;
  widget_class->grab_focus = mw_problem_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_CAUSES_VIEW);
  g_type_ensure (MW_TYPE_DETAILS_VIEW);
  g_type_ensure (MW_TYPE_HEADING);
  g_type_ensure (MW_TYPE_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, title);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, text_label);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, server_box);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, server_label);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, words_label);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, lock_label);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, entries_box);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, repair_button);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, causes_view);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, receive_only_tile);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, again_tile);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, advanced_tile);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, letter_tile);
  gtk_widget_class_bind_template_child (widget_class, MwProblemPage, details_view);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_repair_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cause_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_receive_only_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_advanced_clicked_cb);
}

static void
mw_problem_page_init (MwProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_problem_page_set_setup (MwProblemPage *self,
                           MwSetup       *setup)
{
  g_return_if_fail (MW_IS_PROBLEM_PAGE (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (!g_set_object (&self->setup, setup))
    return;

  mw_problem_page_forget_password (self);
  mw_details_view_set_setup (self->details_view, setup);
}

void
mw_problem_page_update (MwProblemPage *self)
{
  MwAdvice *advice;
  const char *user_name;
  gboolean with_password;
  gboolean with_user_name;
  g_autofree char *heard = NULL;

  g_return_if_fail (MW_IS_PROBLEM_PAGE (self));
  g_return_if_fail (self->setup != NULL);

  advice = mw_setup_get_advice (self->setup);
  if (advice == NULL)
    return;

  self->side = find_failing_side (self->setup);
  with_password = wants_password (advice);
  with_user_name = wants_user_name (advice);
  self->separates = advice->action == MW_ADVICE_ACTION_SEPARATE_OUTGOING;

  mw_heading_set_text (self->title, advice->title);
  gtk_label_set_text (self->text_label, advice->text);
  update_server_words (self);
  update_lock_warning (self);
  update_repair (self, advice);
  mw_causes_view_set_causes (self->causes_view, advice->causes);
  clear_error (self);

  /* The refused password stays refused, so its entry starts empty. */
  mw_problem_page_forget_password (self);
  user_name = get_user_name (self);
  gtk_editable_set_text (self->user_row, user_name != NULL ? user_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), with_user_name);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), with_password);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row),
                                 self->separates || mw_problem_page_has_own_password (self)
                                 ? _("Password for sending") : _("Password"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->user_row),
                                 self->separates ? _("User name for sending")
                                                 : _("User name"));
  gtk_widget_set_visible (self->entries_box, with_password || with_user_name);
  gtk_widget_set_visible (self->receive_only_tile,
                          side_works (self->setup, MW_SIDE_INCOMING)
                          && !side_works (self->setup, MW_SIDE_OUTGOING)
                          && advice->action != MW_ADVICE_ACTION_RECEIVE_ONLY);
  gtk_widget_set_visible (self->again_tile,
                          advice->action != MW_ADVICE_ACTION_TRY_AGAIN && !with_password
                          && !with_user_name);
  gtk_widget_set_visible (self->advanced_tile,
                          advice->action != MW_ADVICE_ACTION_EDIT_SERVERS);
  gtk_widget_set_visible (self->letter_tile,
                          advice->action != MW_ADVICE_ACTION_ASK_PROVIDER
                          && !is_before_every_server (self->setup));

  /* The entry has the focus, so the cause is heard with it. */
  heard = g_strdup_printf ("%s. %s", advice->title, advice->text);
  mw_control_names_describe_entry (GTK_WIDGET (self->password_row), heard, FALSE);
  mw_control_names_describe_entry (GTK_WIDGET (self->user_row), heard, FALSE);
}

void
mw_problem_page_forget_password (MwProblemPage *self)
{
  g_return_if_fail (MW_IS_PROBLEM_PAGE (self));

  gtk_editable_set_text (self->password_row, "");
}

void
mw_problem_page_update_network (MwProblemPage *self)
{
  MwAdvice *advice;
  gboolean offline;

  g_return_if_fail (MW_IS_PROBLEM_PAGE (self));

  if (self->setup == NULL || mw_setup_get_state (self->setup) != MW_SETUP_STATE_PROBLEM ||
      mw_setup_get_outcome (self->setup) != MW_OUTCOME_OFFLINE)
    return;

  /* What the page asks for has been done. */
  advice = mw_setup_get_advice (self->setup);
  offline = mw_setup_is_held_back (self->setup, NULL);
  gtk_label_set_text (self->text_label, offline ? advice->text
                                                : _("This computer is connected again. You can "
                                                    "go on."));
}
