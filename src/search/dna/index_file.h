#pragma once

#include "search/dna/index.h"

/// The two files of an index. "profiles": one header of JSON with the dictionary and a line for
/// each segment, then the segments' memory as it lies, each at a multiple of 4 096 bytes and with
/// its checksum. "changes.<generation>": what came after it, one record a change.
namespace comity::search::dna {

/// Finds damage, not forgery: whoever may write the file could as well write the checksum.
std::uint64_t checksum(ByteView bytes);

void append_insert(Bytes& out, ProfileNumber number, Genotype const& genotype);
void append_destroy(Bytes& out, ProfileNumber number);

struct Change {
    ProfileNumber number;
    std::optional<Genotype> inserted; ///< Empty: destroyed.
};
/// The record at the start of `rest`, which moves behind it. Empty at the end, and where the rest
/// is no whole record.
std::optional<Change> next_change(ByteView& rest, LocusTable const& table);

} // namespace comity::search::dna
