/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fuzz.h"

#include "protocol/mw-imap-response.h"
#include "protocol/mw-pop3-response.h"
#include "protocol/mw-refusal.h"
#include "protocol/mw-smtp-reply.h"

/* Whatever a server sends as one line goes through all three parsers. */

static void
check_span (MwSpan        span,
            const guint8 *data,
            gsize         size)
{
  const guint8 *begin = (const guint8 *) span.bytes;

  if (span.length == 0)
    return;

  g_assert_true (begin >= data && begin + span.length <= data + size);
}

static void
check_imap (const guint8 *data,
            gsize         size)
{
  MwImapResponse response;

  g_assert_cmpint (mw_imap_response_find_literal ((const char *) data, size), >=, -1);

  if (!mw_imap_response_parse (&response, (const char *) data, size))
    return;

  check_span (response.tag, data, size);
  check_span (response.code, data, size);
  check_span (response.code_arguments, data, size);
  check_span (response.text, data, size);
  g_assert_cmpint (response.literal, >=, -1);
  g_assert_cmpint (response.literal, <, 1000000000);
  g_assert_cmpint (mw_refusal_from_imap (&response, MW_OUTCOME_LOGIN_REFUSED), !=,
                   MW_OUTCOME_WORKS);
}

static void
check_pop3 (const guint8 *data,
            gsize         size)
{
  MwPop3Response response;
  MwSpan item;

  if (mw_pop3_response_take_item ((const char *) data, size, &item))
    check_span (item, data, size);

  if (!mw_pop3_response_parse (&response, (const char *) data, size))
    return;

  check_span (response.code, data, size);
  check_span (response.text, data, size);
  g_assert_cmpint (mw_refusal_from_pop3 (&response, TRUE, TRUE), !=, MW_OUTCOME_WORKS);
  g_assert_cmpint (mw_refusal_from_pop3 (&response, TRUE, FALSE), !=, MW_OUTCOME_WORKS);
}

static void
check_smtp (const guint8 *data,
            gsize         size)
{
  MwSmtpReply reply;

  if (!mw_smtp_reply_parse (&reply, (const char *) data, size))
    return;

  check_span (reply.text, data, size);
  g_assert_cmpint (reply.code, >=, 200);
  g_assert_cmpint (reply.code, <=, 559);
  g_assert_true (reply.enhanced_class == 0 || reply.enhanced_class == reply.code / 100);
  g_assert_cmpint (mw_refusal_from_smtp_auth (&reply, reply.text), !=, MW_OUTCOME_WORKS);

  /* Without a log-in, and for the sender, a refusal is one. */
  g_assert_cmpint (mw_refusal_from_smtp_sender (&reply, reply.text, FALSE, TRUE), !=,
                   MW_OUTCOME_WORKS);
  g_assert_cmpint (mw_refusal_from_smtp_sender (&reply, reply.text, TRUE, FALSE), !=,
                   MW_OUTCOME_WORKS);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *copy = NULL;

  check_imap (data, size);
  check_pop3 (data, size);
  check_smtp (data, size);

  copy = mw_span_to_string (mw_span_from_line ((const char *) data, size));
  g_assert_true (g_str_is_ascii (copy));

  return 0;
}
