/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-host-policy.h"

/* Grade U is the person's own word; an explicit yes to a host makes it so. */
static gboolean
is_persons_word (const MwHostFacts *facts)
{
  return facts->grade == MW_GRADE_U || facts->allowed;
}

static gboolean
port_is_good (const MwHostFacts *facts)
{
  return facts->mail_port || facts->grade == MW_GRADE_A || facts->grade == MW_GRADE_B;
}

gboolean
mw_host_policy_may_dial (const MwHostFacts *facts)
{
  g_return_val_if_fail (facts != NULL, FALSE);

  if (facts->security_none && facts->grade != MW_GRADE_U)
    return FALSE;

  if (is_persons_word (facts))
    return TRUE;

  if (!facts->address_public)
    return FALSE;

  return port_is_good (facts);
}

MwHostDecision
mw_host_policy_decide (const MwHostFacts *facts)
{
  gboolean good_guess;

  g_return_val_if_fail (facts != NULL, MW_HOST_DECISION_REFUSE);

  /* Clear text is never chosen by a source. */
  if (facts->security_none && facts->grade != MW_GRADE_U)
    return MW_HOST_DECISION_REFUSE;

  /* Typing it is the first yes; a password readable on the way needs a second. */
  if (facts->security_none && facts->address_public && !facts->allowed)
    return MW_HOST_DECISION_ASK;

  if (is_persons_word (facts))
    return MW_HOST_DECISION_SILENT;

  /* An odd port is refused even where the address would be asked about. */
  if (!port_is_good (facts))
    return MW_HOST_DECISION_REFUSE;

  if (!facts->address_public)
    return MW_HOST_DECISION_ASK;

  /* A yes to all of a file at once; where its names lead to was not seen. */
  if (facts->reviewed)
    return MW_HOST_DECISION_SILENT;

  good_guess = facts->domain_typed && facts->guess_name && facts->guess_conditions;

  switch (facts->grade)
    {
    case MW_GRADE_U:
    case MW_GRADE_A:
      return MW_HOST_DECISION_SILENT;

    case MW_GRADE_B:
    case MW_GRADE_C:
      return facts->domain_typed ? MW_HOST_DECISION_SILENT : MW_HOST_DECISION_ASK;

    case MW_GRADE_G:
      return good_guess ? MW_HOST_DECISION_SILENT : MW_HOST_DECISION_ASK;

    case MW_GRADE_D:
      if (facts->named_by_a || (facts->named_by_b_or_c && facts->domain_typed) ||
          good_guess || (facts->srv_id && facts->domain_typed))
        return MW_HOST_DECISION_SILENT;
      return MW_HOST_DECISION_ASK;

    case MW_GRADE_L:
      if (facts->named_by_a || (facts->named_by_b_or_c && facts->domain_typed))
        return MW_HOST_DECISION_SILENT;
      return MW_HOST_DECISION_ASK;

    default:
      return MW_HOST_DECISION_REFUSE;
    }
}

gboolean
mw_host_policy_may_pin (const MwHostFacts *facts)
{
  g_return_val_if_fail (facts != NULL, FALSE);

  return facts->grade == MW_GRADE_U && !facts->built_in && !facts->security_none;
}
