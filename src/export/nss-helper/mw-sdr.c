/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/nss-helper/mw-sdr.h"

#include <string.h>

#include "core/mw-secret.h"

/* A record is base64 of
 *   SEQUENCE { OCTET STRING key id,
 *              SEQUENCE { OBJECT IDENTIFIER cipher, OCTET STRING iv },
 *              OCTET STRING text } */

typedef struct {
  CK_KEY_TYPE        key_type;
  CK_MECHANISM_TYPE  mechanism;
  CK_MECHANISM_TYPE  generate;
  int                key_size; /* 0: fixed by the cipher */
  gsize              block;
  const guint8      *oid;
  gsize              oid_size;
} Cipher;

static const guint8 key_id[16] = {
  0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
};

static const guint8 aes_oid[] = { /* 2.16.840.1.101.3.4.1.42 */
  0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a
};
static const guint8 des3_oid[] = { /* 1.2.840.113549.3.7 */
  0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07
};

/* The better one first. */
static const Cipher ciphers[] = {
  { CKK_AES, CKM_AES_CBC, CKM_AES_KEY_GEN, 32, 16, aes_oid, sizeof aes_oid },
  { CKK_DES3, CKM_DES3_CBC, CKM_DES3_KEY_GEN, 0, 8, des3_oid, sizeof des3_oid },
};

static gboolean
has_our_id (PK11SymKey *key)
{
  SECItem item = { siBuffer, NULL, 0 };
  gboolean ours;

  if (PK11_ReadRawAttribute (PK11_TypeSymKey, key, CKA_ID, &item) != SECSuccess)
    return FALSE;
  ours = item.len == sizeof key_id && memcmp (item.data, key_id, sizeof key_id) == 0;
  SECITEM_FreeItem (&item, PR_FALSE);
  return ours;
}

static PK11SymKey *
find_key (PK11SlotInfo *slot,
          const Cipher *cipher)
{
  PK11SymKey *key = PK11_ListFixedKeysInSlot (slot, NULL, NULL);
  PK11SymKey *found = NULL;

  while (key != NULL)
    {
      PK11SymKey *next = PK11_GetNextSymKey (key);

      if (found == NULL && PK11_GetSymKeyType (key) == cipher->key_type && has_our_id (key))
        found = key;
      else
        PK11_FreeSymKey (key);
      key = next;
    }

  return found;
}

static gsize
der_size (gsize size)
{
  return size < 0x80 ? 2 + size : size < 0x100 ? 3 + size : 4 + size;
}

static guint8 *
der_head (guint8 *at,
          guint8  tag,
          gsize   size)
{
  *at++ = tag;
  if (size >= 0x100)
    {
      *at++ = 0x82;
      *at++ = size >> 8;
    }
  else if (size >= 0x80)
    {
      *at++ = 0x81;
    }
  *at++ = size & 0xff;
  return at;
}

static guint8 *
der_put (guint8       *at,
         guint8        tag,
         const guint8 *bytes,
         gsize         size)
{
  at = der_head (at, tag, size);
  memcpy (at, bytes, size);
  return at + size;
}

static char *
make_record (const Cipher *cipher,
             const guint8 *iv,
             const guint8 *text,
             gsize         text_size)
{
  gsize algorithm = der_size (cipher->oid_size) + der_size (cipher->block);
  gsize whole = der_size (sizeof key_id) + der_size (algorithm) + der_size (text_size);
  g_autofree guint8 *record = g_malloc (der_size (whole));
  guint8 *at = record;

  at = der_head (at, 0x30, whole);
  at = der_put (at, 0x04, key_id, sizeof key_id);
  at = der_head (at, 0x30, algorithm);
  at = der_put (at, 0x06, cipher->oid, cipher->oid_size);
  at = der_put (at, 0x04, iv, cipher->block);
  at = der_put (at, 0x04, text, text_size);
  return g_base64_encode (record, at - record);
}

/* Takes one element of @tag off the front of @rest. */
static gboolean
der_take (SECItem *rest,
          guint8   tag,
          SECItem *content)
{
  gsize head = 2, size;

  if (rest->len < 2 || rest->data[0] != tag)
    return FALSE;
  size = rest->data[1];
  if (size >= 0x80)
    {
      gsize n = size & 0x7f;

      if (n == 0 || n > 3 || rest->len < 2 + n)
        return FALSE;
      for (size = 0; head < 2 + n; head++)
        size = size << 8 | rest->data[head];
    }
  if (rest->len - head < size)
    return FALSE;

  content->data = rest->data + head;
  content->len = size;
  rest->data += head + size;
  rest->len -= head + size;
  return TRUE;
}

static gboolean
read_record (SECItem       record,
             const Cipher **cipher,
             SECItem      *iv,
             SECItem      *text)
{
  SECItem whole, id, algorithm, oid;

  if (!der_take (&record, 0x30, &whole) || !der_take (&whole, 0x04, &id) ||
      !der_take (&whole, 0x30, &algorithm) || !der_take (&whole, 0x04, text) ||
      !der_take (&algorithm, 0x06, &oid) || !der_take (&algorithm, 0x04, iv))
    return FALSE;
  if (id.len != sizeof key_id || memcmp (id.data, key_id, sizeof key_id) != 0)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (ciphers); i++)
    {
      *cipher = &ciphers[i];
      if (oid.len == (*cipher)->oid_size && memcmp (oid.data, (*cipher)->oid, oid.len) == 0)
        return iv->len == (*cipher)->block && text->len > 0 && text->len % iv->len == 0;
    }

  return FALSE;
}

/* PKCS #7: the last byte says how many bytes to cut, and all of those say the
 * same. */
static gboolean
cut_padding (const guint8 *bytes,
             gsize         size,
             gsize         block,
             gsize        *text_size)
{
  gsize pad = size > 0 ? bytes[size - 1] : 0;
  guint8 difference = 0;

  if (pad == 0 || pad > block || pad > size)
    return FALSE;
  for (gsize i = size - pad; i < size; i++)
    difference |= bytes[i] ^ (guint8) pad;
  *text_size = size - pad;
  return difference == 0;
}

gboolean
mw_sdr_have_key (PK11SlotInfo *slot)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ciphers); i++)
    {
      PK11SymKey *key = find_key (slot, &ciphers[i]);

      if (key != NULL)
        {
          PK11_FreeSymKey (key);
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
mw_sdr_make_key (PK11SlotInfo *slot,
                 gboolean      aes)
{
  const Cipher *cipher = &ciphers[aes ? 0 : 1];
  guint8 id_bytes[sizeof key_id];
  SECItem id = { siBuffer, id_bytes, sizeof id_bytes };
  PK11SymKey *key;

  memcpy (id_bytes, key_id, sizeof key_id);
  key = PK11_TokenKeyGen (slot, cipher->generate, NULL, cipher->key_size, &id, PR_TRUE, NULL);
  if (key == NULL)
    return FALSE;
  PK11_FreeSymKey (key);
  return TRUE;
}

static char *
encrypt_with (PK11SymKey   *key,
              const Cipher *cipher,
              const char   *text)
{
  gsize length = strlen (text);
  gsize pad = cipher->block - length % cipher->block;
  g_autofree guint8 *out = g_malloc (length + pad);
  guint8 *padded = g_malloc (length + pad);
  guint8 iv_bytes[16];
  SECItem iv = { siBuffer, iv_bytes, cipher->block };
  SECItem *parameter = NULL;
  unsigned int size = 0;
  SECStatus status = SECFailure;

  memcpy (padded, text, length);
  memset (padded + length, pad, pad);
  if (PK11_GenerateRandom (iv_bytes, cipher->block) == SECSuccess)
    parameter = PK11_ParamFromIV (cipher->mechanism, &iv);
  if (parameter != NULL)
    status = PK11_Encrypt (key, cipher->mechanism, parameter, out, &size,
                           length + pad, padded, length + pad);
  mw_secret_wipe_bytes (padded, length + pad);
  g_free (padded);
  if (parameter != NULL)
    SECITEM_FreeItem (parameter, PR_TRUE);

  return status == SECSuccess ? make_record (cipher, iv_bytes, out, size) : NULL;
}

char *
mw_sdr_encrypt (PK11SlotInfo *slot,
                const char   *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ciphers); i++)
    {
      PK11SymKey *key = find_key (slot, &ciphers[i]);
      char *record;

      if (key == NULL)
        continue;
      record = encrypt_with (key, &ciphers[i], text);
      PK11_FreeSymKey (key);
      return record;
    }

  return NULL;
}

static gboolean
decrypt_with (PK11SymKey   *key,
              const Cipher *cipher,
              SECItem      *iv,
              SECItem      *text,
              guint8       *plain,
              unsigned int *size)
{
  SECItem *parameter = PK11_ParamFromIV (cipher->mechanism, iv);
  SECStatus status;

  if (parameter == NULL)
    return FALSE;
  status = PK11_Decrypt (key, cipher->mechanism, parameter, plain, size,
                         text->len, text->data, text->len);
  SECITEM_FreeItem (parameter, PR_TRUE);
  return status == SECSuccess;
}

MwSecret *
mw_sdr_decrypt (PK11SlotInfo *slot,
                const char   *record)
{
  g_autofree guint8 *der = NULL;
  g_autoptr(MwSecret) secret = NULL;
  guint8 *plain;
  const Cipher *cipher;
  SECItem whole = { siBuffer, NULL, 0 }, iv = { siBuffer, NULL, 0 }, text;
  PK11SymKey *key;
  gsize der_length = 0, length;
  unsigned int size = 0;

  der = g_base64_decode (record, &der_length);
  whole.data = der;
  whole.len = der_length;
  if (!read_record (whole, &cipher, &iv, &text))
    return NULL;
  key = find_key (slot, cipher);
  if (key == NULL)
    return NULL;

  plain = g_malloc (text.len);
  if (decrypt_with (key, cipher, &iv, &text, plain, &size) &&
      cut_padding (plain, size, cipher->block, &length) &&
      memchr (plain, 0, length) == NULL && g_utf8_validate ((char *) plain, length, NULL))
    secret = mw_secret_new ((char *) plain, length);
  mw_secret_wipe_bytes (plain, text.len);
  g_free (plain);
  PK11_FreeSymKey (key);
  return g_steal_pointer (&secret);
}

gboolean
mw_sdr_matches (PK11SlotInfo *slot,
                const char   *record,
                const char   *text)
{
  g_autoptr(MwSecret) held = mw_sdr_decrypt (slot, record);
  g_autoptr(MwSecret) wanted = mw_secret_new (text, -1);

  return held != NULL && mw_secret_equal (held, wanted);
}
