#pragma once

#include "identification/identification.h"

namespace comity::identification {

/// What a request's profiles agree with.
struct Identification::Answer {
    message::DnaResult result;
    std::vector<dna::Profile> nothing_found {};
};

} // namespace comity::identification
