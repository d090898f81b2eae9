/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-install-hash.h"

#include <string.h>

/* CityHash64 as published in version 1.0; later versions give other values. */

static const guint64 k0 = G_GUINT64_CONSTANT (0xc3a5c85c97cb3127);
static const guint64 k1 = G_GUINT64_CONSTANT (0xb492b66fbe98f273);
static const guint64 k2 = G_GUINT64_CONSTANT (0x9ae16a3b2f90404f);
static const guint64 k3 = G_GUINT64_CONSTANT (0xc949d7c7509e6557);

typedef struct {
  guint64 first;
  guint64 second;
} Pair;

static guint64
fetch64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static guint64
fetch32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
rotate (guint64 value,
        guint   shift)
{
  return shift == 0 ? value : value >> shift | value << (64 - shift);
}

static guint64
shift_mix (guint64 value)
{
  return value ^ value >> 47;
}

static guint64
hash_16 (guint64 u,
         guint64 v)
{
  const guint64 multiplier = G_GUINT64_CONSTANT (0x9ddfea08eb382d69);
  guint64 a = shift_mix ((u ^ v) * multiplier);

  return shift_mix ((v ^ a) * multiplier) * multiplier;
}

static guint64
hash_up_to_16 (const guint8 *s,
               gsize         size)
{
  if (size > 8)
    {
      guint64 a = fetch64 (s);
      guint64 b = fetch64 (s + size - 8);

      return hash_16 (a, rotate (b + size, size)) ^ b;
    }
  if (size >= 4)
    return hash_16 (size + (fetch32 (s) << 3), fetch32 (s + size - 4));
  if (size > 0)
    {
      guint32 y = s[0] + ((guint32) s[size >> 1] << 8);
      guint32 z = size + ((guint32) s[size - 1] << 2);

      return shift_mix (y * k2 ^ z * k3) * k2;
    }
  return k2;
}

static guint64
hash_17_to_32 (const guint8 *s,
               gsize         size)
{
  guint64 a = fetch64 (s) * k1;
  guint64 b = fetch64 (s + 8);
  guint64 c = fetch64 (s + size - 8) * k2;
  guint64 d = fetch64 (s + size - 16) * k0;

  return hash_16 (rotate (a - b, 43) + rotate (c, 30) + d, a + rotate (b ^ k3, 20) - c + size);
}

/* The two sums over 32 bytes at @s, with seeds. */
static Pair
weak_hash (guint64 w,
           guint64 x,
           guint64 y,
           guint64 z,
           guint64 a,
           guint64 b)
{
  guint64 c;

  a += w;
  b = rotate (b + a + z, 21);
  c = a;
  a += x + y;
  b += rotate (a, 44);
  return (Pair) { a + z, b + c };
}

static Pair
weak_hash_bytes (const guint8 *s,
                 guint64       a,
                 guint64       b)
{
  return weak_hash (fetch64 (s), fetch64 (s + 8), fetch64 (s + 16), fetch64 (s + 24), a, b);
}

static Pair
half_of_33_to_64 (guint64 a,
                  guint64 z,
                  guint64 second,
                  guint64 third)
{
  guint64 b = rotate (a + z, 52);
  guint64 c = rotate (a, 37);

  a += second;
  c += rotate (a, 7);
  a += third;
  return (Pair) { a + z, b + rotate (a, 31) + c };
}

static guint64
hash_33_to_64 (const guint8 *s,
               gsize         size)
{
  Pair v = half_of_33_to_64 (fetch64 (s) + (size + fetch64 (s + size - 16)) * k0,
                             fetch64 (s + 24), fetch64 (s + 8), fetch64 (s + 16));
  Pair w = half_of_33_to_64 (fetch64 (s + 16) + fetch64 (s + size - 32),
                             fetch64 (s + size - 8), fetch64 (s + size - 24),
                             fetch64 (s + size - 16));
  guint64 r = shift_mix ((v.first + w.second) * k2 + (w.first + v.second) * k0);

  return shift_mix (r * k0 + v.second) * k2;
}

static guint64
hash_long (const guint8 *s,
           gsize         size)
{
  guint64 x = fetch64 (s);
  guint64 y = fetch64 (s + size - 16) ^ k1;
  guint64 z = fetch64 (s + size - 56) ^ k0;
  Pair v = weak_hash_bytes (s + size - 64, size, y);
  Pair w = weak_hash_bytes (s + size - 32, size * k1, k0);

  z += shift_mix (v.second) * k1;
  x = rotate (z + x, 39) * k1;
  y = rotate (y, 33) * k1;

  for (size = (size - 1) & ~(gsize) 63; size > 0; size -= 64, s += 64)
    {
      guint64 swap;

      x = rotate (x + y + v.first + fetch64 (s + 16), 37) * k1;
      y = rotate (y + v.second + fetch64 (s + 48), 42) * k1;
      x ^= w.second;
      y ^= v.first;
      z = rotate (z ^ w.first, 33);
      v = weak_hash_bytes (s, v.second * k1, x + w.first);
      w = weak_hash_bytes (s + 32, z + w.second, y);
      swap = z;
      z = x;
      x = swap;
    }

  return hash_16 (hash_16 (v.first, w.first) + shift_mix (y) * k1 + z,
                  hash_16 (v.second, w.second) + x);
}

char *
mw_thunderbird_install_hash (const char *folder)
{
  g_autofree gunichar2 *wide = NULL;
  const guint8 *bytes;
  glong length = 0;
  gsize size;
  guint64 hash;

  g_return_val_if_fail (folder != NULL, NULL);

  wide = g_utf8_to_utf16 (folder, -1, NULL, &length, NULL);
  for (glong i = 0; i < length; i++)
    wide[i] = GUINT16_TO_LE (wide[i]);
  bytes = (const guint8 *) wide;
  size = 2 * length;
  hash = size <= 16 ? hash_up_to_16 (bytes, size)
         : size <= 32 ? hash_17_to_32 (bytes, size)
         : size <= 64 ? hash_33_to_64 (bytes, size)
                      : hash_long (bytes, size);
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "X", hash);
}
