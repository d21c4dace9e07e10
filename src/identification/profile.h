#pragma once

#include "message/identification.h"
#include "search/dna/profile.h"

/// A profile between the message that carries it and the search that compares it.
namespace comity::identification {

namespace dna = search::dna;

/// Errors: malformed, naming the locus by its path: one that is not known or stands there twice, an
/// allele that no locus has, a reference number that could be a name.
Result<dna::Profile> profile_of(message::Profile const& sent, dna::LocusTable const& table);
/// Of three alleles the first two: a message has room for a pair.
message::Profile message_of(dna::Profile const& profile, dna::LocusTable const& table);

} // namespace comity::identification
