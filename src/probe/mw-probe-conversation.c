/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-error.h"
#include "net/mw-connector.h"
#include "probe/mw-http-head.h"
#include "probe/mw-probe-private.h"

/* The rest of an answer that has begun comes along with it. */
#define HTTP_HEAD_MS 1000

void
mw_probe_set_state (MwProbe      *self,
                    MwProbeState  state)
{
  self->state = state;
  g_signal_emit_by_name (self, "changed");
}

/* The answer to a log-in that does not come: servers delay it after a wrong
 * password, and whoever waits should know why. */
static gboolean
on_waiting_cb (gpointer user_data)
{
  MwProbe *self = MW_PROBE (user_data);

  self->waiting_id = 0;
  mw_probe_edit_verdict (self)->is_waiting = TRUE;
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

void
mw_probe_stop_waiting (MwProbe *self)
{
  g_clear_handle_id (&self->waiting_id, g_source_remove);
  g_clear_pointer (&self->scram, mw_scram_thread_free);
  if (self->verdict != NULL && self->verdict->is_waiting)
    mw_probe_edit_verdict (self)->is_waiting = FALSE;
}

void
mw_probe_stop_listening (MwProbe *self)
{
  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_pointer (&self->knock, mw_tls_knock_free);
}

void
mw_probe_finish (MwProbe    *self,
                 MwOutcome   outcome,
                 const char *detail)
{
  MwVerdict *verdict;

  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  mw_probe_stop_waiting (self);
  mw_probe_read_dialogue (self);

  /* How long it was idle is nobody's business. */
  verdict = self->state == MW_PROBE_STATE_READY ? mw_probe_edit_verdict (self)
                                                : mw_probe_clock_stage (self);
  verdict->outcome = outcome;
  g_free (verdict->detail);
  verdict->detail = mw_redactor_mask (self->redactor, detail, MW_REDACTOR_HIDE_NOTHING);
  verdict->transcript = verdict->transcript != NULL ? verdict->transcript
                                                    : mw_transcript_ref (self->transcript);
  verdict->elapsed_us[MW_STAGE_DONE] = g_get_monotonic_time () - self->started_us;
  verdict->stage = self->stage;

  /* With the dialogue goes the password it may hold. */
  mw_probe_stop_listening (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->channel);
  g_clear_object (&self->dialogue);
  g_clear_pointer (&self->budget, mw_attempt_budget_unref);
  mw_probe_set_state (self, MW_PROBE_STATE_FINISHED);
}

void
mw_probe_fail (MwProbe *self,
               GError  *error)
{
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                          g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);

  /* What was only good to know does not take the proof back. */
  if (self->proved_us != 0 && !is_cancelled)
    {
      mw_probe_set_stage (self, MW_STAGE_DONE);
      mw_transport_close (mw_line_channel_get_transport (self->channel), NULL);
      mw_probe_finish (self, MW_OUTCOME_WORKS, NULL);
    }
  else if (error->domain == MW_PROBE_ERROR)
    mw_probe_finish (self, error->code, error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mw_probe_finish (self, MW_OUTCOME_CANCELLED, error->message);
  else
    mw_probe_finish (self, MW_OUTCOME_PROTOCOL, error->message);
}

static void
on_speaks_tls_cb (gpointer user_data)
{
  g_autoptr(MwProbe) self = g_object_ref (MW_PROBE (user_data));

  mw_probe_finish (self, MW_OUTCOME_WRONG_TLS_MODE,
                   "The port is silent in clear and speaks TLS from the start");
}

/* A server has to speak first. One that does not may wait for a handshake. */
static gboolean
on_silence_cb (gpointer user_data)
{
  MwProbe *self = MW_PROBE (user_data);
  MwEndpoint *endpoint = mw_probe_get_endpoint (self);
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

static void
follow_dialogue (MwProbe *self)
{
  MwStage stage = mw_dialogue_get_stage (self->dialogue);

  if (stage > self->stage)
    mw_probe_set_stage (self, stage);
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
                               mw_endpoint_get_host (mw_probe_get_endpoint (self))))
    mw_probe_finish (self, MW_OUTCOME_PORTAL,
                     "The greeting is an HTTP answer that leads elsewhere");
  else
    mw_probe_finish (self, MW_OUTCOME_NOT_MAIL_SERVER, "The greeting is an HTTP answer");
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

  mw_probe_stop_waiting (self);
  mw_probe_stop_listening (self);
  if (line == NULL)
    {
      mw_probe_fail (self, error);
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
        mw_probe_fail (self, error);
      return;
    }

  follow_dialogue (self);
  mw_probe_take_step (self, &step);
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
      mw_probe_finish (self, MW_OUTCOME_TIMEOUT, "The answer took too long to compute");
      return;
    }

  if (!mw_dialogue_computed (self->dialogue, &step, &error))
    {
      mw_probe_fail (self, error);
      return;
    }

  mw_probe_take_step (self, &step);
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
      mw_probe_fail (self, error);
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
      if (self->budget == NULL ||
          !mw_attempt_budget_take (self->budget, mw_probe_get_endpoint (self)))
        {
          MwOutcome refusal = mw_dialogue_get_refusal (self->dialogue);

          /* The mechanism before was refused, and that is how it stays. */
          mw_probe_finish (self, refusal != MW_OUTCOME_WORKS ? refusal : MW_OUTCOME_CANCELLED,
                           "No presentation of the password is left");
          return;
        }
      mw_probe_edit_verdict (self)->presentations++;
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
    mw_probe_edit_verdict (self)->tls = g_steal_pointer (&facts);

  if (!accepted)
    {
      mw_probe_fail (self, error);
      return;
    }

  if (mw_probe_edit_verdict (self)->tls != NULL &&
      mw_tls_facts_get_pinned (mw_probe_edit_verdict (self)->tls))
    mw_dialogue_prefer_mutual (self->dialogue);

  mw_probe_set_stage (self, MW_STAGE_GREETING);
  if (!mw_dialogue_secured (self->dialogue, &step, &error))
    {
      mw_probe_fail (self, error);
      return;
    }

  /* Whoever hears of it may stop the probe. */
  g_signal_emit_by_name (self, "changed");
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  follow_dialogue (self);
  mw_probe_take_step (self, &step);
}

static void
start_tls (MwProbe *self)
{
  MwEndpoint *endpoint = mw_probe_get_endpoint (self);
  MwTransport *transport = mw_line_channel_get_transport (self->channel);

  mw_probe_set_stage (self, MW_STAGE_TLS);
  if (mw_endpoint_get_protocol (endpoint) == MW_PROTOCOL_SMTP)
    mw_transport_set_quick_ack (transport, TRUE);
  mw_transport_set_alpn (transport, mw_endpoint_get_alpn (endpoint));
  mw_transport_handshake_async (transport, self->tls, mw_endpoint_get_host (endpoint),
                                self->pin, self->deadlines.tls_ms, self->cancellable,
                                on_secured_cb, g_object_ref (self));
}

void
mw_probe_take_step (MwProbe *self,
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
          mw_probe_finish (self, MW_OUTCOME_STARTTLS_INJECTED,
                           "The server sent more than its answer to STARTTLS");
          return;
        }
      start_tls (self);
      break;

    case MW_STEP_READY:
      mw_probe_read_dialogue (self);
      mw_probe_clock_stage (self);
      mw_probe_set_state (self, MW_PROBE_STATE_READY);
      break;

    case MW_STEP_COMPUTE:
      self->scram = mw_scram_thread_new (step->key, self->deadlines.command_ms,
                                         on_computed_cb, self);
      break;

    case MW_STEP_AUTHENTICATED:
      mw_probe_read_dialogue (self);
      if (step->data != NULL)
        write_then_read (self, step);
      else
        read_more (self);
      mw_probe_set_state (self, MW_PROBE_STATE_AUTHENTICATED);
      break;

    case MW_STEP_FINISHED:
      mw_transport_close (mw_line_channel_get_transport (self->channel), step->data);
      mw_probe_finish (self, MW_OUTCOME_WORKS, NULL);
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
  MwEndpoint *endpoint = mw_probe_get_endpoint (self);

  connection = mw_connector_connect_finish (result, &families, &error);
  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  mw_probe_edit_verdict (self)->families = g_steal_pointer (&families);
  if (connection == NULL)
    {
      gboolean unknown = g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN) ||
                         g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_FAIL);

      mw_probe_set_stage (self, unknown ? MW_STAGE_RESOLVE : MW_STAGE_CONNECT);
      mw_probe_fail (self, error);
      return;
    }

  mw_probe_set_stage (self, MW_STAGE_GREETING);
  verdict = mw_probe_edit_verdict (self);
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

  g_signal_emit_by_name (self, "changed");
}

void
mw_probe_connect (MwProbe *self)
{
  MwEndpoint *endpoint = mw_probe_get_endpoint (self);

  mw_connector_connect_async (self->resolver, mw_endpoint_get_host (endpoint),
                              mw_endpoint_get_port (endpoint), self->allow_local,
                              self->deadlines.connect_ms, self->slots, self->cancellable,
                              on_connected_cb, g_object_ref (self));
}
