/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-error.h"
#include "protocol/mw-dialogue.h"

/* A whole conversation with a server that says anything. The first three
 * bytes choose protocol, security and credentials; the rest are the server's
 * lines. TLS is started when the dialogue asks for it, unless the next line
 * begins with "!": then that line comes in between. */

static const char * const passwords[] = {
  "secret-1234567", "zażółć \"gęślą\" \\jaźń 1", "a\"b\\c d-1234", "{12+}\t%*(-password",
};
static const char * const users[] = { "jan@example.test", "żółw", "j\"a\\n k", "jan" };
static const char * const addresses[] = { "jan@example.test", "żółw@bücher.example" };

typedef struct {
  MwDialogue    *dialogue;
  MwCredentials *credentials;
  MwSecurity     security;
  gboolean       is_secured;
  gboolean       is_asked;          /* authenticate() was called */
  gboolean       is_authenticated;
  gboolean       prove_without_login;
  guint          presentations;
} Talk;

static gboolean
contains (const char *bytes,
          gsize       size,
          const char *needle)
{
  return memmem (bytes, size, needle, strlen (needle)) != NULL;
}

/* What must hold for everything a client sends, whatever it heard. */
static void
check_data (Talk   *self,
            MwStep *step)
{
  const char *password = mw_secret_peek (mw_credentials_get_secret (self->credentials));
  g_autofree char *encoded = g_base64_encode ((const guchar *) password, strlen (password));
  gsize size;
  const char *data = g_bytes_get_data (step->data, &size);

  g_assert_cmpuint (size, >=, 2);
  g_assert_cmpint (data[size - 1], ==, '\n');
  for (gsize i = 0; i < size; i++)
    {
      g_assert_cmpint (data[i], !=, '\0');
      g_assert_true (data[i] != '\n' || (i > 0 && data[i - 1] == '\r'));
      g_assert_true (data[i] != '\r' || (i + 1 < size && data[i + 1] == '\n'));
    }

  g_assert_false (g_str_has_prefix (data, "DATA"));
  g_assert_false (contains (data, size, "SELECT"));

  if (step->presents_secret)
    {
      g_assert_true (step->sensitive);
      g_assert_true (self->is_asked);
      g_assert_true (self->is_secured || self->security == MW_SECURITY_NONE);
      self->presentations++;
      /* Each method once at most; the budget allows two. */
      g_assert_cmpuint (self->presentations, <=, 6);
    }
  else
    {
      g_assert_false (contains (data, size, password));
      g_assert_false (contains (data, size, encoded));
    }
}

/* Returns whether the conversation goes on. */
static gboolean
check_answer (Talk     *self,
              gboolean  goes_on,
              MwStep   *step,
              GError   *error)
{
  if (!goes_on)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == MW_PROBE_ERROR);
      g_assert_cmpint (error->code, !=, MW_OUTCOME_WORKS);
      g_assert_cmpint (error->code, !=, MW_OUTCOME_PENDING);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (step->data);
      g_assert_cmpint (mw_dialogue_get_stage (self->dialogue), !=, MW_STAGE_DONE);
      return FALSE;
    }

  g_assert_null (error);
  if (step->data != NULL)
    check_data (self, step);

  switch (step->kind)
    {
    case MW_STEP_SEND:
      g_assert_nonnull (step->data);
      break;
    case MW_STEP_START_TLS:
      g_assert_cmpint (self->security, ==, MW_SECURITY_STARTTLS);
      g_assert_false (self->is_secured);
      g_assert_null (step->data);
      break;
    case MW_STEP_READY:
      g_assert_true (self->is_secured || self->security == MW_SECURITY_NONE);
      g_assert_false (self->is_asked);
      break;
    case MW_STEP_AUTHENTICATED:
      g_assert_cmpuint (self->presentations, >=, 1);
      g_assert_false (self->is_authenticated);
      self->is_authenticated = TRUE;
      break;
    case MW_STEP_FINISHED:
      g_assert_true (self->is_authenticated || self->prove_without_login);
      g_assert_cmpint (mw_dialogue_get_stage (self->dialogue), ==, MW_STAGE_DONE);
      break;
    case MW_STEP_COMPUTE:
      /* Nothing a fuzzer should wait for. */
      g_assert_nonnull (step->key);
      g_assert_true (self->is_asked);
      g_assert_null (step->data);
      return FALSE;
    case MW_STEP_READ:
    default:
      g_assert_null (step->data);
      break;
    }

  if (!self->is_secured && self->security != MW_SECURITY_NONE)
    {
      g_assert_null (mw_dialogue_get_server_text (self->dialogue));
      g_assert_null (mw_dialogue_get_capabilities (self->dialogue));
      g_assert_null (mw_dialogue_get_auth_offered (self->dialogue));
    }

  return step->kind != MW_STEP_FINISHED;
}

static gboolean
start_tls (Talk   *self,
           MwStep *step)
{
  g_autoptr(GError) error = NULL;
  gboolean goes_on;

  self->is_secured = TRUE;
  mw_step_clear (step);
  goes_on = mw_dialogue_secured (self->dialogue, step, &error);

  return check_answer (self, goes_on, step, error);
}

static gboolean
log_in (Talk   *self,
        MwStep *step)
{
  g_autoptr(GError) error = NULL;
  gboolean goes_on;

  self->is_asked = TRUE;
  mw_step_clear (step);
  if (self->prove_without_login)
    goes_on = mw_dialogue_prove_without_login (self->dialogue, step, &error);
  else
    goes_on = mw_dialogue_authenticate (self->dialogue, self->credentials, step, &error);

  return check_answer (self, goes_on, step, error);
}

static gboolean
hear (Talk         *self,
      const guint8 *line,
      gsize         length,
      MwStep       *step)
{
  g_autoptr(GError) error = NULL;
  gboolean was_starting = step->kind == MW_STEP_START_TLS;
  gboolean goes_on;

  mw_step_clear (step);
  goes_on = mw_dialogue_receive (self->dialogue, (const char *) line, length, step, &error);
  if (was_starting)
    g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_STARTTLS_INJECTED);

  return check_answer (self, goes_on, step, error);
}

static void
talk (Talk         *self,
      const guint8 *data,
      gsize         size)
{
  g_auto(MwStep) step = { 0 };

  if (self->security == MW_SECURITY_TLS && !start_tls (self, &step))
    return;

  while (size > 0)
    {
      const guint8 *end = memchr (data, '\n', size);
      gsize length = end != NULL ? (gsize) (end - data) + 1 : size;

      if (step.kind == MW_STEP_START_TLS && data[0] != '!' && !start_tls (self, &step))
        return;
      if (step.kind == MW_STEP_READY && data[0] != '!' && !log_in (self, &step))
        return;
      if (!hear (self, data, length, &step))
        return;

      data += length;
      size -= length;
    }
}

/* Nothing that could deceive is said to be a folder, and nothing before the
 * log-in. */
static void
check_folders (Talk *self)
{
  g_autoptr(MwMailFolders) folders = mw_dialogue_make_folders (self->dialogue);

  if (folders == NULL)
    return;

  g_assert_true (self->is_authenticated);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      const char *name = mw_mail_folders_get_name (folders, i);

      g_assert_true (name == NULL || mw_mail_folders_is_name (name));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autoptr(MwSecret) secret = NULL;
  g_autoptr(MwCredentials) credentials = NULL;
  g_autoptr(MwDialogue) dialogue = NULL;
  Talk self = { 0 };
  guint choice;

  if (size < 3)
    return 0;

  choice = data[2] - '0';
  self.security = (data[1] - '0') % 3u;
  address = mw_address_parse (addresses[(choice >> 4) % 2], NULL);
  endpoint = mw_endpoint_new ((data[0] - '0') % 3u, self.security, "mail.example.test", 0);
  secret = mw_secret_new (passwords[choice % 4], -1);
  credentials = mw_credentials_new (endpoint, users[(choice >> 2) % 4], secret);
  dialogue = mw_dialogue_new (endpoint, address, "2001:db8::7");

  self.dialogue = dialogue;
  self.credentials = credentials;
  self.prove_without_login = mw_endpoint_get_protocol (endpoint) == MW_PROTOCOL_SMTP &&
                             ((choice >> 5) & 1) != 0;
  talk (&self, data + 3, size - 3);
  check_folders (&self);

  return 0;
}
