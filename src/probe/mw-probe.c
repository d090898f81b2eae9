/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-probe.h"

#include <string.h>

#include "core/mw-error.h"
#include "net/mw-connector.h"
#include "net/mw-line-channel.h"
#include "probe/mw-http-head.h"
#include "probe/mw-scram-thread.h"
#include "probe/mw-tls-knock.h"
#include "protocol/mw-dialogue.h"

/* The rest of an answer that has begun comes along with it. */
#define HTTP_HEAD_MS 1000

/* Enough for a whole log-in; a server that talks more is cut. */
#define TRANSCRIPT_LINES 200

struct _MwProbe
{
  GObject parent_instance;

  /* Owned */
  MwAddress        *address;
  MwResolver       *resolver;
  MwTlsCredentials *tls;
  char             *pin;
  MwVerdict        *verdict;
  MwRedactor       *redactor;
  MwTranscript     *transcript;
  MwLineChannel    *channel;
  MwDialogue       *dialogue;
  MwAttemptBudget  *budget;
  MwSocketSlots    *slots;
  MwTlsKnock       *knock;       /* at a port that is silent */
  MwScramThread    *scram;       /* computes what the dialogue waits for */
  GCancellable     *cancellable;

  guint             silence_id;
  guint             waiting_id;
  MwDeadlines       deadlines;
  MwProbeState      state;
  MwStage           stage;
  gint64            started_us;
  gint64            stage_started_us;
  gint64            round_trip_us;
  gint64            proved_us;          /* when; 0 before */
  gboolean          allow_local;
};

G_DEFINE_FINAL_TYPE (MwProbe, mw_probe, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static MwEndpoint *
get_endpoint (MwProbe *self)
{
  return mw_candidate_get_endpoint (self->verdict->candidate);
}

/* Verdicts that were handed out stay as they are. */
static MwVerdict *
edit_verdict (MwProbe *self)
{
  MwVerdict *copy = mw_verdict_copy (self->verdict);

  mw_verdict_unref (self->verdict);
  self->verdict = copy;
  return copy;
}

/* Writes down how long the stage took up to now. With STARTTLS some stages
 * come twice. */
static MwVerdict *
clock_stage (MwProbe *self)
{
  gint64 now = g_get_monotonic_time ();
  MwVerdict *verdict = edit_verdict (self);

  if (verdict->elapsed_us[self->stage] < 0)
    verdict->elapsed_us[self->stage] = 0;
  verdict->elapsed_us[self->stage] += now - self->stage_started_us;
  self->stage_started_us = now;
  return verdict;
}

static void
set_stage (MwProbe *self,
           MwStage  stage)
{
  if (stage == self->stage)
    return;

  clock_stage (self)->stage = stage;
  self->stage = stage;
}

static void
set_state (MwProbe      *self,
           MwProbeState  state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Names of extensions are a server's own words, too. */
static char **
redact_list (MwProbe            *self,
             const char * const *words)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (words == NULL)
    return NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = mw_redactor_redact (self->redactor, words[i], strlen (words[i]),
                                                  MW_REDACTOR_HIDE_NOTHING);

      g_strv_builder_add (builder,
                          mw_transcript_may_show_word (self->transcript, words[i]) ? word : "••••");
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_harmless (MwProbe    *self,
             const char *name)
{
  gsize start = 0;
  gsize end;

  return !mw_redactor_find_secret (self->redactor, name, strlen (name), &start, &end);
}

/* A folder that is named after a secret is kept out of everything, as its
 * redacted name would be that of no folder. */
static MwMailFolders *
read_folders (MwProbe *self)
{
  g_autoptr(MwMailFolders) folders = mw_dialogue_make_folders (self->dialogue);
  const char *names[MW_N_FOLDER_USES];
  const char *prefix;

  if (folders == NULL)
    return NULL;

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      const char *name = mw_mail_folders_get_name (folders, i);

      names[i] = name != NULL && is_harmless (self, name) ? name : NULL;
    }
  prefix = mw_mail_folders_get_prefix (folders);

  return mw_mail_folders_new (names, mw_mail_folders_get_delimiter (folders),
                              is_harmless (self, prefix) ? prefix : "");
}

/* Takes over what the dialogue has learnt. */
static void
read_dialogue (MwProbe *self)
{
  MwVerdict *verdict;
  const char *text;

  if (self->dialogue == NULL)
    return;

  verdict = edit_verdict (self);
  verdict->auth = mw_dialogue_get_auth (self->dialogue);

  g_strfreev (verdict->auth_offered);
  verdict->auth_offered = redact_list (self, mw_dialogue_get_auth_offered (self->dialogue));
  g_strfreev (verdict->capabilities);
  verdict->capabilities = redact_list (self, mw_dialogue_get_capabilities (self->dialogue));

  verdict->notes = mw_dialogue_get_notes (self->dialogue);
  g_clear_pointer (&verdict->folders, mw_mail_folders_unref);
  verdict->folders = read_folders (self);

  text = mw_dialogue_get_server_text (self->dialogue);
  g_free (verdict->server_text);
  verdict->server_text = text != NULL
                         ? mw_redactor_redact (self->redactor, text, strlen (text),
                                               MW_REDACTOR_HIDE_NOTHING)
                         : NULL;
}

/* The answer to a log-in that does not come: servers delay it after a wrong
 * password, and whoever waits should know why. */
static gboolean
on_waiting_cb (gpointer user_data)
{
  MwProbe *self = MW_PROBE (user_data);

  self->waiting_id = 0;
  edit_verdict (self)->is_waiting = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (MwProbe *self)
{
  g_clear_handle_id (&self->waiting_id, g_source_remove);
  g_clear_pointer (&self->scram, mw_scram_thread_free);
  if (self->verdict != NULL && self->verdict->is_waiting)
    edit_verdict (self)->is_waiting = FALSE;
}

static void
stop_listening_for_silence (MwProbe *self)
{
  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_pointer (&self->knock, mw_tls_knock_free);
}

static void
finish (MwProbe    *self,
        MwOutcome   outcome,
        const char *detail)
{
  MwVerdict *verdict;

  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  stop_waiting (self);
  read_dialogue (self);

  /* How long it was idle is nobody's business. */
  verdict = self->state == MW_PROBE_STATE_READY ? edit_verdict (self) : clock_stage (self);
  verdict->outcome = outcome;
  g_free (verdict->detail);
  verdict->detail = mw_redactor_mask (self->redactor, detail, MW_REDACTOR_HIDE_NOTHING);
  verdict->transcript = verdict->transcript != NULL ? verdict->transcript
                                                    : mw_transcript_ref (self->transcript);
  verdict->elapsed_us[MW_STAGE_DONE] = g_get_monotonic_time () - self->started_us;
  verdict->stage = self->stage;

  /* With the dialogue goes the password it may hold. */
  stop_listening_for_silence (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->channel);
  g_clear_object (&self->dialogue);
  g_clear_pointer (&self->budget, mw_attempt_budget_unref);
  set_state (self, MW_PROBE_STATE_FINISHED);
}

static void
fail (MwProbe *self,
      GError  *error)
{
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                          g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);

  /* What was only good to know does not take the proof back. */
  if (self->proved_us != 0 && !is_cancelled)
    {
      set_stage (self, MW_STAGE_DONE);
      mw_transport_close (mw_line_channel_get_transport (self->channel), NULL);
      finish (self, MW_OUTCOME_WORKS, NULL);
    }
  else if (error->domain == MW_PROBE_ERROR)
    finish (self, error->code, error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (self, MW_OUTCOME_CANCELLED, error->message);
  else
    finish (self, MW_OUTCOME_PROTOCOL, error->message);
}

static void
on_speaks_tls_cb (gpointer user_data)
{
  g_autoptr(MwProbe) self = g_object_ref (MW_PROBE (user_data));

  finish (self, MW_OUTCOME_WRONG_TLS_MODE,
          "The port is silent in clear and speaks TLS from the start");
}

/* A server has to speak first. One that does not may wait for a handshake. */
static gboolean
on_silence_cb (gpointer user_data)
{
  MwProbe *self = MW_PROBE (user_data);
  MwEndpoint *endpoint = get_endpoint (self);
  g_autoptr(GInetAddress) address = NULL;

  self->silence_id = 0;
  address = g_inet_address_new_from_string (self->verdict->ip_address);
  self->knock = mw_tls_knock_new (address, mw_endpoint_get_port (endpoint),
                                  mw_endpoint_get_host (endpoint), self->tls, self->slots,
                                  self->deadlines.connect_ms, self->deadlines.tls_ms,
                                  on_speaks_tls_cb, self);
  return G_SOURCE_REMOVE;
}

static guint
get_read_timeout (MwProbe *self)
{
  gint64 spent_ms = (g_get_monotonic_time () - self->proved_us) / 1000;

  if (self->proved_us != 0)
    return MAX (1, self->deadlines.folders_ms - MIN (spent_ms, self->deadlines.folders_ms));

  switch (self->stage)
    {
    case MW_STAGE_GREETING:
      return self->deadlines.greeting_ms;
    case MW_STAGE_AUTH:
      return self->deadlines.auth_ms;
    case MW_STAGE_RESOLVE:
    case MW_STAGE_CONNECT:
    case MW_STAGE_TLS:
    case MW_STAGE_CAPABILITY:
    case MW_STAGE_MAILBOX:
    case MW_STAGE_SENDER:
    case MW_STAGE_DONE:
    default:
      return self->deadlines.command_ms;
    }
}

static void take_step (MwProbe *self, MwStep *step);

static void
follow_dialogue (MwProbe *self)
{
  MwStage stage = mw_dialogue_get_stage (self->dialogue);

  if (stage > self->stage)
    set_stage (self, stage);
  if (self->proved_us == 0 && mw_dialogue_is_proved (self->dialogue))
    self->proved_us = g_get_monotonic_time ();
}

static void
on_http_head_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(MwProbe) self = MW_PROBE (user_data);
  g_auto(GStrv) lines = mw_http_head_read_finish (result);

  if (mw_http_head_leads_away ((const char * const *) lines,
                               mw_endpoint_get_host (get_endpoint (self))))
    finish (self, MW_OUTCOME_PORTAL, "The greeting is an HTTP answer that leads elsewhere");
  else
    finish (self, MW_OUTCOME_NOT_MAIL_SERVER, "The greeting is an HTTP answer");
}

/* A web server waits to be asked. What greets with HTTP in clear, unasked, may
 * be a network that wants to be signed in to. */
static gboolean
greets_with_http (MwProbe      *self,
                  const GError *error,
                  const char   *line,
                  gsize         length)
{
  return g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_NOT_MAIL_SERVER) &&
         self->verdict->tls == NULL && mw_http_head_begins (line, length);
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MwProbe) self = MW_PROBE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) line = NULL;
  g_auto(MwStep) step = { 0 };
  const char *data;
  gsize length;

  line = mw_line_channel_read_finish (MW_LINE_CHANNEL (object), result, &error);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  stop_waiting (self);
  stop_listening_for_silence (self);
  if (line == NULL)
    {
      fail (self, error);
      return;
    }

  data = g_bytes_get_data (line, &length);
  if (!mw_dialogue_receive (self->dialogue, data, length, &step, &error))
    {
      follow_dialogue (self);
      if (greets_with_http (self, error, data, length))
        mw_http_head_read_async (self->channel, data, length, HTTP_HEAD_MS, self->cancellable,
                                 on_http_head_cb, g_object_ref (self));
      else
        fail (self, error);
      return;
    }

  follow_dialogue (self);
  take_step (self, &step);
}

static void
on_computed_cb (gboolean computed,
                gpointer user_data)
{
  g_autoptr(MwProbe) self = g_object_ref (MW_PROBE (user_data));
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };

  g_clear_pointer (&self->scram, mw_scram_thread_free);
  if (!computed)
    {
      finish (self, MW_OUTCOME_TIMEOUT, "The answer took too long to compute");
      return;
    }

  if (!mw_dialogue_computed (self->dialogue, &step, &error))
    {
      fail (self, error);
      return;
    }

  take_step (self, &step);
}

static void
read_more (MwProbe *self)
{
  mw_line_channel_read_async (self->channel, get_read_timeout (self), self->cancellable,
                              on_read_cb, g_object_ref (self));
}

static void
on_written_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MwProbe) self = MW_PROBE (user_data);
  g_autoptr(GError) error = NULL;
  gboolean written;

  written = mw_line_channel_write_finish (MW_LINE_CHANNEL (object), result, &error);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  if (!written)
    {
      fail (self, error);
      return;
    }

  read_more (self);
}

static void
write_then_read (MwProbe *self,
                 MwStep  *step)
{
  if (step->presents_secret)
    {
      if (self->budget == NULL || !mw_attempt_budget_take (self->budget, get_endpoint (self)))
        {
          MwOutcome refusal = mw_dialogue_get_refusal (self->dialogue);

          /* The mechanism before was refused, and that is how it stays. */
          finish (self, refusal != MW_OUTCOME_WORKS ? refusal : MW_OUTCOME_CANCELLED,
                  "No presentation of the password is left");
          return;
        }
      edit_verdict (self)->presentations++;
    }
  if (self->stage == MW_STAGE_AUTH && self->waiting_id == 0)
    self->waiting_id = g_timeout_add (self->deadlines.notice_ms, on_waiting_cb, self);

  mw_line_channel_write_async (self->channel, step->data, step->sensitive,
                               self->deadlines.command_ms, self->cancellable,
                               on_written_cb, g_object_ref (self));
}

static void
on_secured_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MwProbe) self = MW_PROBE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwTlsFacts) facts = NULL;
  g_auto(MwStep) step = { 0 };
  gboolean accepted;

  accepted = mw_transport_handshake_finish (MW_TRANSPORT (object), result, &facts, &error);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  if (facts != NULL)
    edit_verdict (self)->tls = g_steal_pointer (&facts);

  if (!accepted)
    {
      fail (self, error);
      return;
    }

  if (edit_verdict (self)->tls != NULL &&
      mw_tls_facts_get_pinned (edit_verdict (self)->tls))
    mw_dialogue_prefer_mutual (self->dialogue);

  set_stage (self, MW_STAGE_GREETING);
  if (!mw_dialogue_secured (self->dialogue, &step, &error))
    {
      fail (self, error);
      return;
    }

  /* Whoever hears of it may stop the probe. */
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  follow_dialogue (self);
  take_step (self, &step);
}

static void
start_tls (MwProbe *self)
{
  MwEndpoint *endpoint = get_endpoint (self);
  MwTransport *transport = mw_line_channel_get_transport (self->channel);

  set_stage (self, MW_STAGE_TLS);
  if (mw_endpoint_get_protocol (endpoint) == MW_PROTOCOL_SMTP)
    mw_transport_set_quick_ack (transport, TRUE);
  mw_transport_set_alpn (transport, mw_endpoint_get_alpn (endpoint));
  mw_transport_handshake_async (transport, self->tls, mw_endpoint_get_host (endpoint),
                                self->pin, self->deadlines.tls_ms, self->cancellable,
                                on_secured_cb, g_object_ref (self));
}

static void
take_step (MwProbe *self,
           MwStep  *step)
{
  switch (step->kind)
    {
    case MW_STEP_READ:
      read_more (self);
      break;

    case MW_STEP_SEND:
      write_then_read (self, step);
      break;

    case MW_STEP_START_TLS:
      /* Anything that came along with the answer was put in by somebody who
       * could not have it protected (CVE-2011-0411). */
      if (!mw_line_channel_is_empty (self->channel))
        {
          finish (self, MW_OUTCOME_STARTTLS_INJECTED,
                  "The server sent more than its answer to STARTTLS");
          return;
        }
      start_tls (self);
      break;

    case MW_STEP_READY:
      read_dialogue (self);
      clock_stage (self);
      set_state (self, MW_PROBE_STATE_READY);
      break;

    case MW_STEP_COMPUTE:
      self->scram = mw_scram_thread_new (step->key, self->deadlines.command_ms,
                                         on_computed_cb, self);
      break;

    case MW_STEP_AUTHENTICATED:
      read_dialogue (self);
      if (step->data != NULL)
        write_then_read (self, step);
      else
        read_more (self);
      set_state (self, MW_PROBE_STATE_AUTHENTICATED);
      break;

    case MW_STEP_FINISHED:
      mw_transport_close (mw_line_channel_get_transport (self->channel), step->data);
      finish (self, MW_OUTCOME_WORKS, NULL);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
on_connected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(MwProbe) self = MW_PROBE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(MwFamilyReport) families = NULL;
  g_autoptr(MwTransport) transport = NULL;
  g_autofree char *own_address = NULL;
  MwVerdict *verdict;
  MwEndpoint *endpoint = get_endpoint (self);

  connection = mw_connector_connect_finish (result, &families, &error);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  edit_verdict (self)->families = g_steal_pointer (&families);
  if (connection == NULL)
    {
      gboolean unknown = g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN) ||
                         g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_FAIL);

      set_stage (self, unknown ? MW_STAGE_RESOLVE : MW_STAGE_CONNECT);
      fail (self, error);
      return;
    }

  set_stage (self, MW_STAGE_GREETING);
  verdict = edit_verdict (self);
  verdict->ip_address = g_inet_address_to_string (connection->address);
  mw_redactor_add_public (self->redactor, verdict->ip_address);
  verdict->elapsed_us[MW_STAGE_RESOLVE] = connection->resolve_us;
  verdict->elapsed_us[MW_STAGE_CONNECT] = connection->connect_us;
  self->round_trip_us = MAX (connection->connect_us, 1);

  transport = mw_transport_new (connection->socket);
  own_address = mw_transport_get_local_address (transport);
  self->channel = mw_line_channel_new (transport, self->transcript);
  self->dialogue = mw_dialogue_new (endpoint, self->address, own_address);

  if (mw_endpoint_get_security (endpoint) == MW_SECURITY_TLS)
    {
      start_tls (self);
    }
  else
    {
      self->silence_id = g_timeout_add (self->deadlines.silence_ms, on_silence_cb, self);
      read_more (self);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mw_probe_dispose (GObject *object)
{
  MwProbe *self = MW_PROBE (object);

  g_cancellable_cancel (self->cancellable);
  stop_waiting (self);
  stop_listening_for_silence (self);
  g_clear_object (&self->channel);
  g_clear_object (&self->dialogue);
  g_clear_object (&self->resolver);
  g_clear_object (&self->tls);

  G_OBJECT_CLASS (mw_probe_parent_class)->dispose (object);
}

static void
mw_probe_finalize (GObject *object)
{
  MwProbe *self = MW_PROBE (object);

  g_clear_pointer (&self->address, mw_address_unref);
  g_free (self->pin);
  g_clear_pointer (&self->verdict, mw_verdict_unref);
  g_clear_pointer (&self->transcript, mw_transcript_unref);
  g_clear_pointer (&self->redactor, mw_redactor_unref);
  g_clear_pointer (&self->budget, mw_attempt_budget_unref);
  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mw_probe_parent_class)->finalize (object);
}

static void
mw_probe_class_init (MwProbeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_probe_dispose;
  object_class->finalize = mw_probe_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_probe_init (MwProbe *self)
{
  self->cancellable = g_cancellable_new ();
  self->redactor = mw_redactor_new ();
  self->transcript = mw_transcript_new (TRANSCRIPT_LINES, self->redactor);
}

MwProbe *
mw_probe_new (MwCandidate       *candidate,
              MwAddress         *address,
              MwResolver        *resolver,
              MwTlsCredentials  *tls,
              const MwDeadlines *deadlines,
              const char        *pin,
              gboolean           allow_local)
{
  MwProbe *self;

  g_return_val_if_fail (candidate != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_TLS_CREDENTIALS (tls), NULL);
  g_return_val_if_fail (deadlines != NULL, NULL);

  self = g_object_new (MW_TYPE_PROBE, NULL);
  self->verdict = mw_verdict_new (candidate);
  self->verdict->transcript = mw_transcript_ref (self->transcript);
  self->address = mw_address_ref (address);
  self->resolver = g_object_ref (resolver);
  self->tls = g_object_ref (tls);
  self->deadlines = *deadlines;
  self->pin = g_strdup (pin);
  self->allow_local = allow_local;
  return self;
}

void
mw_probe_set_slots (MwProbe       *self,
                    MwSocketSlots *slots)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);
  g_return_if_fail (slots != NULL);

  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  self->slots = mw_socket_slots_ref (slots);
}

void
mw_probe_set_redactor (MwProbe    *self,
                       MwRedactor *redactor)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);
  g_return_if_fail (redactor != NULL);

  g_clear_pointer (&self->transcript, mw_transcript_unref);
  mw_redactor_unref (self->redactor);
  self->redactor = mw_redactor_ref (redactor);
  self->transcript = mw_transcript_new (TRANSCRIPT_LINES, redactor);

  g_clear_pointer (&self->verdict->transcript, mw_transcript_unref);
  self->verdict->transcript = mw_transcript_ref (self->transcript);
}

void
mw_probe_set_looked_up (MwProbe *self)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);

  self->stage = MW_STAGE_CONNECT;
  edit_verdict (self)->stage = MW_STAGE_CONNECT;
}

void
mw_probe_start (MwProbe *self)
{
  MwEndpoint *endpoint;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);

  endpoint = get_endpoint (self);
  mw_redactor_add_public (self->redactor, mw_endpoint_get_host (endpoint));
  self->started_us = g_get_monotonic_time ();
  self->stage_started_us = self->started_us;
  mw_connector_connect_async (self->resolver, mw_endpoint_get_host (endpoint),
                              mw_endpoint_get_port (endpoint), self->allow_local,
                              self->deadlines.connect_ms, self->slots, self->cancellable,
                              on_connected_cb, g_object_ref (self));
  set_state (self, MW_PROBE_STATE_RUNNING);
}

gboolean
mw_probe_is_alive (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), FALSE);

  return self->state == MW_PROBE_STATE_READY &&
         mw_transport_is_open (mw_line_channel_get_transport (self->channel));
}

void
mw_probe_authenticate (MwProbe         *self,
                       MwCredentials   *credentials,
                       MwAttemptBudget *budget)
{
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };
  MwSecret *secret;
  MwVerdict *verdict;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_READY);
  g_return_if_fail (credentials != NULL);
  g_return_if_fail (budget != NULL);
  g_return_if_fail (mw_endpoint_equal (mw_credentials_get_endpoint (credentials),
                                       get_endpoint (self)));

  secret = mw_credentials_get_secret (credentials);
  mw_redactor_add_person (self->redactor, mw_credentials_get_user_name (credentials));
  mw_redactor_add_secret (self->redactor, mw_secret_peek (secret),
                          mw_secret_get_length (secret));
  self->budget = mw_attempt_budget_ref (budget);

  verdict = edit_verdict (self);
  g_free (verdict->user_name);
  verdict->user_name = g_strdup (mw_credentials_get_user_name (credentials));

  verdict->stage = MW_STAGE_AUTH;
  self->stage = MW_STAGE_AUTH;
  self->stage_started_us = g_get_monotonic_time ();
  if (!mw_dialogue_authenticate (self->dialogue, credentials, &step, &error))
    {
      fail (self, error);
      return;
    }

  take_step (self, &step);
  if (self->state == MW_PROBE_STATE_READY)
    set_state (self, MW_PROBE_STATE_LOGGING_IN);
}

void
mw_probe_prove_without_login (MwProbe *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_READY);

  edit_verdict (self)->stage = MW_STAGE_SENDER;
  self->stage = MW_STAGE_SENDER;
  self->stage_started_us = g_get_monotonic_time ();
  if (!mw_dialogue_prove_without_login (self->dialogue, &step, &error))
    {
      fail (self, error);
      return;
    }

  take_step (self, &step);
  if (self->state == MW_PROBE_STATE_READY)
    set_state (self, MW_PROBE_STATE_LOGGING_IN);
}

void
mw_probe_stop (MwProbe   *self,
               MwOutcome  outcome)
{
  g_return_if_fail (MW_IS_PROBE (self));

  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  if (self->channel != NULL)
    mw_transport_close (mw_line_channel_get_transport (self->channel), NULL);
  if (self->started_us == 0)
    self->started_us = self->stage_started_us = g_get_monotonic_time ();
  finish (self, outcome, NULL);
}

MwProbeState
mw_probe_get_state (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), MW_PROBE_STATE_FINISHED);

  return self->state;
}

void
mw_probe_set_candidate (MwProbe     *self,
                        MwCandidate *candidate)
{
  MwVerdict *verdict;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (candidate != NULL);
  g_return_if_fail (mw_endpoint_equal (mw_candidate_get_endpoint (candidate),
                                       get_endpoint (self)));

  verdict = edit_verdict (self);
  mw_candidate_unref (verdict->candidate);
  verdict->candidate = mw_candidate_ref (candidate);
}

MwVerdict *
mw_probe_get_verdict (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), NULL);

  return self->verdict;
}

gint64
mw_probe_get_round_trip_us (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), 0);

  return self->round_trip_us;
}
