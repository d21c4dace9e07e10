#pragma once

#include "identification/identification.h"

namespace comity::identification {

/// A request that came, opened.
struct Identification::Asked {
    casework::CaseRow row;
    exchange::Stored stored;
    message::DnaRequest request;
};

/// What a request's profiles agree with.
struct Identification::Answer {
    message::DnaResult result;
    std::vector<dna::Profile> nothing_found {};
};

/// An answer, judged and on the point of leaving.
struct Identification::Ready {
    Asked asked;
    Answer answer;
    message::Manifest manifest;
    treaty::Situation situation;
    treaty::Decision decision;
    std::optional<Date> keep_until {}; ///< A20(2).

    bool hit() const { return answer.result.result == message::Outcome::hit; }
};

} // namespace comity::identification
