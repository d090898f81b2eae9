/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>

#include "app/mw-consent.h"
#include "app/mw-problem-page.h"
#include "app/mw-step-row.h"
#include "setup/mw-setup-private.h"

/* Widgets that are looked at one by one, on a screen; test-widgets.py runs it.
 * With MW_PICTURES in the environment the pages are also painted there. */

#define PAGE_WIDTH 412
#define PAGE_HEIGHT 1000

static void
iterate_until (gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_painted (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Long enough for the frame clock to have painted. */
static void
wait_for_paint (void)
{
  gboolean done = FALSE;

  g_timeout_add (100, on_painted, &done);
  iterate_until (&done);
}

static int
measure (GtkWidget *row,
         int        width)
{
  int natural;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

/* Whatever it says, and however long it took, what stands below stays there. */
static void
test_step_row (void)
{
  static const char * const words[] = {
    "", "Connecting", "The server makes us wait, as it does after a wrong password: "
    "imap.example.test, and it says so in many more words than there is room for",
    "two\nlines", "a-name-without-any-place-to-break-it-that-is-longer-than-one-line.example.test",
  };
  static const int widths[] = { 320, 500, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      MwStepRow *row = MW_STEP_ROW (g_object_ref_sink (mw_step_row_new ()));
      int height;

      mw_step_row_set_title (row, "Settings published by a-long-name.example.test");
      mw_step_row_set_mark (row, MW_STEP_MARK_NONE);
      mw_step_row_set_duration (row, -1);
      mw_step_row_set_words (row, "Looking", TRUE);
      height = measure (GTK_WIDGET (row), widths[i]);

      for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
        {
          mw_step_row_set_words (row, words[j], TRUE);
          mw_step_row_set_mark (row, j % 2 == 0 ? MW_STEP_MARK_BUSY : MW_STEP_MARK_DONE);
          mw_step_row_set_duration (row, (gint64) j * 12345678);
          g_assert_cmpint (measure (GTK_WIDGET (row), widths[i]), ==, height);
        }

      /* At the end it says everything. */
      mw_step_row_set_words (row, words[2], FALSE);
      if (widths[i] == 320)
        g_assert_cmpint (measure (GTK_WIDGET (row), widths[i]), >, height);
      g_object_unref (row);
    }
}

static void
on_sensitive (GtkWidget *widget,
              GParamSpec *pspec,
              gboolean   *done)
{
  *done = gtk_widget_get_sensitive (widget);
}

static void
test_consent_button (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_button_new_with_label ("Yes");

  mw_consent_guard_button (button);
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_window_set_child (GTK_WINDOW (window), button);

  /* The second time it is another question. */
  for (int i = 0; i < 2; i++)
    {
      gint64 start = g_get_monotonic_time ();
      gboolean done = FALSE;
      gulong id;

      gtk_window_present (GTK_WINDOW (window));
      gtk_widget_set_visible (button, TRUE);
      g_assert_false (gtk_widget_get_sensitive (button));
      id = g_signal_connect (button, "notify::sensitive", G_CALLBACK (on_sensitive), &done);
      iterate_until (&done);
      g_signal_handler_disconnect (button, id);
      g_assert_cmpint (g_get_monotonic_time () - start, >=, (MW_CONSENT_WAIT_MS - 1) * 1000);
      gtk_widget_set_visible (button, FALSE);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
on_look_again (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_consent_response (void)
{
  AdwMessageDialog *dialog;
  gint64 start = g_get_monotonic_time ();
  guint timer = g_timeout_add (20, on_look_again, NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (NULL, "Trust it?", NULL));
  adw_message_dialog_add_responses (dialog, "cancel", "Cancel", "trust", "Trust", NULL);
  mw_consent_guard_response (dialog, "trust");
  gtk_window_present (GTK_WINDOW (dialog));
  while (!adw_message_dialog_get_response_enabled (dialog, "trust"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, (MW_CONSENT_WAIT_MS - 1) * 1000);
  g_source_remove (timer);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* As GtkApplication does it. */
static void
load_style (void)
{
  g_autoptr(GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, "/io/github/mailwright/Mailwright/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
paint (GtkWidget  *window,
       const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = NULL;
  g_autoptr(GdkPaintable) paintable = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  GskRenderNode *node;
  GtkSnapshot *snapshot;

  if (g_getenv ("MW_PICTURES") == NULL)
    return;

  wait_for_paint ();
  path = g_build_filename (g_getenv ("MW_PICTURES"), file, NULL);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                         node, NULL);
  gsk_render_node_unref (node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* Buttons that are seen and ask to be pressed. */
static guint
count_suggested (GtkWidget *widget)
{
  guint count = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;

  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action"))
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (widget));

      g_assert_true (label != NULL && *label != '\0');
      count++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_suggested (child);

  return count;
}

static MwVerdict *
new_verdict (MwSide      side,
             MwOutcome   outcome,
             MwStage     stage,
             const char *words)
{
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autoptr(MwCandidate) candidate = NULL;
  MwVerdict *verdict;

  endpoint = mw_endpoint_parse (side == MW_SIDE_INCOMING ? "imaps:imap.example.test"
                                                         : "submissions:smtp.example.test");
  candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G, NULL, MW_AUTH_UNKNOWN, 0);
  verdict = mw_verdict_new (candidate);
  verdict->outcome = outcome;
  verdict->stage = stage;
  verdict->server_text = g_strdup (words);
  verdict->user_name = g_strdup ("jan@example.test");
  verdict->auth = MW_AUTH_PLAIN;
  return verdict;
}

/* As a run leaves it. */
static void
fail (MwSetup   *setup,
      MwSide     side,
      MwOutcome  outcome)
{
  MwAdviceFacts facts = { .address = setup->address, .receiving_works = side != MW_SIDE_INCOMING };

  g_clear_pointer (&setup->decided[MW_SIDE_INCOMING], mw_verdict_unref);
  g_clear_pointer (&setup->decided[MW_SIDE_OUTGOING], mw_verdict_unref);
  setup->decided[side] = new_verdict (side, outcome, MW_STAGE_AUTH,
                                      "<b>No</b> & \u202Eno: 5.7.8 Error");
  if (side == MW_SIDE_OUTGOING)
    setup->decided[MW_SIDE_INCOMING] = new_verdict (MW_SIDE_INCOMING, MW_OUTCOME_WORKS,
                                                    MW_STAGE_DONE, NULL);
  facts.verdict = setup->decided[side];
  g_clear_pointer (&setup->advice, mw_advice_free);
  setup->advice = mw_advice_for_outcome (outcome, &facts);
  setup->outcome = outcome;
  setup->state = MW_SETUP_STATE_PROBLEM;
}

static gboolean
is_problem (MwOutcome outcome)
{
  return outcome != MW_OUTCOME_WORKS && outcome != MW_OUTCOME_PENDING &&
         outcome != MW_OUTCOME_NOT_NEEDED;
}

static MwSetup *
new_setup (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mw-widgets-XXXXXX", NULL);
  g_autoptr(MwEngine) engine = mw_engine_new (folder);
  MwSetup *setup = mw_setup_new (engine);

  g_assert_true (mw_setup_set_address (setup, "jan@example.test", TRUE, NULL));
  g_rmdir (folder);
  return setup;
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *name)
{
  if (gtk_widget_get_visible (widget) && ADW_IS_ENTRY_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), gettext (name)))
    return widget;
  if (gtk_widget_get_visible (widget) && gtk_widget_has_css_class (widget, name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What is typed is for sending alone. Nothing else changes, so that the other
 * side is not tried again. */
static void
test_separate_password (void)
{
  g_autoptr(MwSetup) setup = new_setup ();
  g_autoptr(MwSecret) secret = mw_secret_new ("for both", -1);
  GtkWidget *page = g_object_ref_sink (g_object_new (MW_TYPE_PROBLEM_PAGE, NULL));
  gboolean same = FALSE;

  mw_setup_set_password (setup, MW_SIDE_INCOMING, secret);
  setup->proved[MW_SIDE_INCOMING] = TRUE;
  mw_problem_page_set_setup (MW_PROBLEM_PAGE (page), setup);
  fail (setup, MW_SIDE_OUTGOING, MW_OUTCOME_BAD_CREDENTIALS);
  mw_problem_page_update (MW_PROBLEM_PAGE (page));

  /* Without a password nothing is changed. */
  g_signal_emit_by_name (find (page, "suggested-action"), "clicked");
  g_object_get (setup, "same-credentials", &same, NULL);
  g_assert_true (same);

  gtk_editable_set_text (GTK_EDITABLE (find (page, "User name for sending")), "jan-out");
  gtk_editable_set_text (GTK_EDITABLE (find (page, "Password for sending")), "for sending");
  g_signal_emit_by_name (find (page, "suggested-action"), "clicked");
  g_object_get (setup, "same-credentials", &same, NULL);
  g_assert_false (same);
  g_assert_cmpstr (mw_setup_get_user_name (setup, MW_SIDE_OUTGOING), ==, "jan-out");
  g_assert_cmpstr (mw_secret_peek (setup->secrets[MW_SIDE_OUTGOING]), ==, "for sending");
  g_assert_null (mw_setup_get_user_name (setup, MW_SIDE_INCOMING));
  g_assert_cmpstr (mw_secret_peek (setup->secrets[MW_SIDE_INCOMING]), ==, "for both");
  g_assert_true (setup->proved[MW_SIDE_INCOMING]);
  g_object_unref (page);
}

/* Nobody is left without a way on, whatever happens. */
static void
test_problem_page (void)
{
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);
  g_autoptr(MwSetup) setup = new_setup ();
  GtkWidget *page = g_object_new (MW_TYPE_PROBLEM_PAGE, NULL);
  GtkWidget *window = gtk_window_new ();

  mw_problem_page_set_setup (MW_PROBLEM_PAGE (page), setup);
  gtk_window_set_default_size (GTK_WINDOW (window), PAGE_WIDTH, PAGE_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));

  for (guint i = 0; i < outcomes->n_values; i++)
    for (guint side = 0; side < 2; side++)
      {
        g_autofree char *name = g_strdup_printf ("problem-%s-%s", outcomes->values[i].value_nick,
                                                 side == MW_SIDE_INCOMING ? "in" : "out");

        if (!is_problem (outcomes->values[i].value))
          continue;
        fail (setup, side, outcomes->values[i].value);
        mw_problem_page_update (MW_PROBLEM_PAGE (page));
        g_test_message ("%s", name);
        g_assert_cmpuint (count_suggested (page), ==, 1);
        g_assert_true (gtk_widget_grab_focus (page));
        paint (window, name);
      }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  load_style ();

  g_test_add_func ("/widgets/step-row", test_step_row);
  g_test_add_func ("/widgets/consent-button", test_consent_button);
  g_test_add_func ("/widgets/consent-response", test_consent_response);
  g_test_add_func ("/widgets/separate-password", test_separate_password);
  g_test_add_func ("/widgets/problem-page", test_problem_page);

  return g_test_run ();
}
