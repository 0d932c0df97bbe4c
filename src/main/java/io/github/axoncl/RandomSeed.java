package io.github.axoncl;


/**
 * What the random numbers of a call depend on, and nothing else: element number i of a tensor gets the same 32 bits for the
 * same seed and offset, on every backend, in every kind of memory and however the work is divided. So nothing needs to be
 * stored for the backward call, which takes the same decisions from the same seed.
 *
 * <p>The bits are word e mod 4 of Philox4x32-10 with the seed as key and (e / 4, offset) as counter, e = firstElement + i
 * (Salmon, Moraes, Dror and Shaw: Parallel random numbers, as easy as 1, 2, 3. 2011). Different seeds or offsets give
 * independent numbers; two calls with equal ones give equal numbers, also of different functions. Immutable.
 *
 * @param seed         chosen once for a whole program; any value
 * @param offset       another one for each call that shall have numbers of its own, such as the number of the step times the
 *                     layers plus that of the layer; any value
 * @param firstElement the number of the operands' first element in the whole tensor: 0, except where a tensor is computed in
 *                     parts
 */
public record RandomSeed(long seed, long offset, long firstElement) {

    /** Checks the number of the first element.
     *
     * @param seed         chosen once for a whole program; any value
     * @param offset       another one for each call that shall have numbers of its own; any value
     * @param firstElement the number of the operands' first element in the whole tensor
     * @throws IllegalArgumentException if the number of the first element is negative */
    public RandomSeed {
        if (firstElement < 0) {
            throw new IllegalArgumentException("firstElement = " + firstElement + ": must not be negative");
        }
    }

    /** For tensors that are computed as a whole.
     *
     * @param seed   chosen once for a whole program; any value
     * @param offset another one for each call that shall have numbers of its own; any value */
    public RandomSeed(long seed, long offset) {
        this(seed, offset, 0);
    }

    /** For a part of a tensor, which gets the numbers that it would get in a call with the whole tensor.
     *
     * @param element the number of the part's first element in the whole tensor
     * @return the same seed and offset from that element on
     * @throws IllegalArgumentException if the number is negative */
    public RandomSeed from(long element) {
        return new RandomSeed(seed, offset, element);
    }

    /** Names the numbers as the library's text does; a number of a call is a double, which holds 32 bits. */
    void addTo(CallBuilder call, long length) {
        if (firstElement > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("firstElement = " + firstElement + ": the number of the last of " + length
                    + " elements exceeds 2^63 - 1");
        }
        add(call, "seed", seed);
        add(call, "offset", offset);
        add(call, "element", firstElement);
    }

    private static void add(CallBuilder call, String name, long value) {
        call.scalar(name + "_low", value & 0xFFFFFFFFL).scalar(name + "_high", value >>> 32);
    }
}
