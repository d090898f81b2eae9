/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "protocol/mw-dialogue.h"
#include "protocol/mw-imap-mailboxes.h"

/* What is too long for a transcript in tests/dialogues. */

static void
hear (MwImapMailboxes *mailboxes,
      const char      *text,
      gsize            length)
{
  mw_imap_mailboxes_add (mailboxes, (MwSpan) { text, length });
  mw_imap_mailboxes_end (mailboxes);
}

static void
test_nul (void)
{
  static const char line[] = "LIST (\\Sent) \"/\" \"Se\0nt\"";
  static const char attribute[] = "LIST (\\Se\0nt) \"/\" Sent";
  g_autoptr(MwImapMailboxes) mailboxes = mw_imap_mailboxes_new ();

  hear (mailboxes, line, sizeof line - 1);
  hear (mailboxes, attribute, sizeof attribute - 1);
  g_assert_null (mw_imap_mailboxes_make_folders (mailboxes));
}

/* Every beginning of a good response, as a broken server might send it. */
static void
test_cut (void)
{
  static const char * const whole[] = {
    "LIST (\\HasNoChildren \\Sent) \"/\" \"Wys&AUI-ane\"",
    "LIST (\\Sent) \"/\" {4}\r\nSent",
    "NAMESPACE ((\"INBOX.\" \".\")) NIL NIL",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      for (gsize length = 0; length <= strlen (whole[i]); length++)
        {
          g_autoptr(MwImapMailboxes) mailboxes = mw_imap_mailboxes_new ();
          g_autofree char *copy = g_memdup2 (whole[i], length);
          g_autoptr(MwMailFolders) folders = NULL;

          hear (mailboxes, copy, length);
          folders = mw_imap_mailboxes_make_folders (mailboxes);
          g_assert_true (folders != NULL || length < strlen (whole[i]));
        }
    }
}

static MwDialogue *
log_in (MwStep *step)
{
  static const char * const lines[] = {
    "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Hello\r\n",
    "a1 OK [CAPABILITY IMAP4rev1] Logged in\r\n",
  };
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwSecret) secret = mw_secret_new ("zażółć \"gęślą\" \\jaźń 1", -1);
  g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, "jan", secret);
  MwDialogue *dialogue = mw_dialogue_new (endpoint, address, NULL);

  g_assert_true (mw_dialogue_secured (dialogue, step, NULL));
  g_assert_true (mw_dialogue_receive (dialogue, lines[0], strlen (lines[0]), step, NULL));
  g_assert_true (mw_dialogue_authenticate (dialogue, credentials, step, NULL));
  mw_step_clear (step);
  g_assert_true (mw_dialogue_receive (dialogue, lines[1], strlen (lines[1]), step, NULL));
  g_assert_cmpint (step->kind, ==, MW_STEP_AUTHENTICATED);
  mw_step_clear (step);

  return dialogue;
}

/* A list without an end is ended by us, and what it began with is known. */
static void
test_endless_list (void)
{
  static const char proof[] = "a2 OK done\r\n";
  static const char sent[] = "* LIST (\\Sent) \"/\" Sent\r\n";
  g_auto(MwStep) step = { 0 };
  g_autoptr(MwDialogue) dialogue = log_in (&step);
  g_autoptr(MwMailFolders) folders = NULL;
  guint lines = 0;

  g_assert_true (mw_dialogue_receive (dialogue, proof, strlen (proof), &step, NULL));
  g_assert_true (mw_dialogue_is_proved (dialogue));
  g_assert_true (mw_dialogue_receive (dialogue, sent, strlen (sent), &step, NULL));

  while (step.kind != MW_STEP_FINISHED)
    {
      g_autofree char *line = g_strdup_printf ("* LIST () \"/\" folder%u\r\n", ++lines);
      g_autoptr(GError) error = NULL;

      mw_step_clear (&step);
      g_assert_true (mw_dialogue_receive (dialogue, line, strlen (line), &step, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (lines, <, 256);
    }

  folders = mw_dialogue_make_folders (dialogue);
  g_assert_cmpstr (mw_mail_folders_get_name (folders, MW_FOLDER_USE_SENT), ==, "Sent");
  g_assert_cmpuint (mw_dialogue_get_notes (dialogue), ==, 1u << MW_NOTE_FOLDERS_INCOMPLETE);
  g_assert_cmpint (mw_dialogue_get_stage (dialogue), ==, MW_STAGE_DONE);
}

/* Before the proof the same list is read on: the answer that counts may come
 * after it. */
static void
test_long_list_before_proof (void)
{
  static const char proof[] = "a2 OK done\r\n";
  g_auto(MwStep) step = { 0 };
  g_autoptr(MwDialogue) dialogue = log_in (&step);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *line = g_strdup_printf ("* LIST () \"/\" folder%u\r\n", i);

      g_assert_true (mw_dialogue_receive (dialogue, line, strlen (line), &step, NULL));
      g_assert_cmpint (step.kind, ==, MW_STEP_READ);
    }

  g_assert_true (mw_dialogue_receive (dialogue, proof, strlen (proof), &step, NULL));
  g_assert_cmpint (step.kind, ==, MW_STEP_FINISHED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imap-mailboxes/nul", test_nul);
  g_test_add_func ("/imap-mailboxes/cut", test_cut);
  g_test_add_func ("/imap-mailboxes/endless-list", test_endless_list);
  g_test_add_func ("/imap-mailboxes/long-list-before-proof", test_long_list_before_proof);

  return g_test_run ();
}
