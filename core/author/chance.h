/* chance.h - numbers that look random and are the same everywhere: splitmix64 (Steele, Lea & Flood
 * 2014), in integers. Never for keys. Pure; any thread. */
#ifndef VB_CHANCE_H
#define VB_CHANCE_H

#include <stdint.h>

static inline uint64_t vb_chance(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* 0 to below - 1; below > 0 and small, so that the remainder's lean does not show. */
static inline int64_t vb_chance_below(uint64_t *state, int64_t below)
{
    return (int64_t)(vb_chance(state) % (uint64_t)below);
}

/* About normal, in thousandths, with standard deviation 1000: twelve uniform numbers less six. */
static inline int64_t vb_chance_normal(uint64_t *state)
{
    int64_t sum = 0;
    for (int i = 0; i < 12; i++)
        sum += vb_chance_below(state, 1001);
    return sum - 6000;
}

#endif
