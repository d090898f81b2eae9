/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-size.h"

/* No certificate is nested half as deep. */
#define MAX_DEPTH 32

/* Of a key or a signature, in bytes. Checking with an RSA key takes the cube of
 * its length: half a minute for one that fills a message, in one go. RSA of 16384
 * bits is shorter, and so are the longest signatures of ML-DSA (FIPS 204). */
#define MAX_BIT_STRING 4800

#define CONSTRUCTED 0x20
#define TAG_BIT_STRING 0x03
#define TAG_OCTET_STRING 0x04
#define TAG_SEQUENCE 0x30

typedef struct {
  const guint8 *data;
  gsize         size;
} Bytes;

/* Takes a number of @n bytes from the front. */
static gboolean
take_number (Bytes *bytes,
             gsize  n,
             gsize *out_number)
{
  if (n > bytes->size || n > sizeof (guint32))
    return FALSE;

  *out_number = 0;
  for (gsize i = 0; i < n; i++)
    *out_number = *out_number << 8 | bytes->data[i];
  bytes->data += n;
  bytes->size -= n;
  return TRUE;
}

static gboolean
take_bytes (Bytes *bytes,
            gsize  n,
            Bytes *out_taken)
{
  if (n > bytes->size)
    return FALSE;

  *out_taken = (Bytes) { bytes->data, n };
  bytes->data += n;
  bytes->size -= n;
  return TRUE;
}

/* Whether the number of bytes and then those bytes come first. */
static gboolean
take_block (Bytes *bytes,
            gsize  n,
            Bytes *out_taken)
{
  gsize size;

  return take_number (bytes, n, &size) && take_bytes (bytes, size, out_taken);
}

static gboolean
take_element (Bytes *bytes,
              gsize *out_tag,
              Bytes *out_content)
{
  gsize length;

  if (!take_number (bytes, 1, out_tag) || !take_number (bytes, 1, &length))
    return FALSE;
  if (length > 0x80)
    return take_block (bytes, length & 0x7f, out_content);

  /* Without a length is not DER. */
  return length != 0x80 && take_bytes (bytes, length, out_content);
}

static gsize
count (Bytes bytes,
       guint depth)
{
  gsize n = 0;
  gsize tag;
  Bytes content;

  while (depth < MAX_DEPTH && bytes.size >= 2)
    {
      Bytes rest = bytes;

      if (!take_element (&rest, &tag, &content))
        break;

      n++;
      if (tag == TAG_BIT_STRING && content.size > MAX_BIT_STRING)
        n += MW_CERTIFICATE_MAX_ELEMENTS;
      /* Extensions are wrapped up as bytes. */
      if ((tag & CONSTRUCTED) != 0 ||
          (tag == TAG_OCTET_STRING && content.size > 0 && content.data[0] == TAG_SEQUENCE))
        n += count (content, depth + 1);
      bytes = rest;
    }

  return n + bytes.size / 2;
}

gsize
mw_certificate_count_elements (const guint8 *data,
                               gsize         size)
{
  g_return_val_if_fail (data != NULL || size == 0, 0);

  return count ((Bytes) { data, size }, 0);
}

gboolean
mw_certificate_message_is_modest (const guint8 *data,
                                  gsize         size,
                                  gboolean      is_tls13)
{
  Bytes bytes = { data, size };
  Bytes list;
  Bytes piece;
  gsize n = 0;

  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  /* What is no list of certificates is for GnuTLS to refuse. */
  if ((is_tls13 && !take_block (&bytes, 1, &piece)) || !take_block (&bytes, 3, &list))
    return TRUE;

  while (n <= MW_CERTIFICATE_MAX_ELEMENTS && take_block (&list, 3, &piece))
    {
      n += mw_certificate_count_elements (piece.data, piece.size);
      if (is_tls13 && !take_block (&list, 2, &piece))
        break;
    }

  return n <= MW_CERTIFICATE_MAX_ELEMENTS;
}
