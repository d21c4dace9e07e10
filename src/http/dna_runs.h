#pragma once

#include "http/dna.h"

/// The routes of the first connection of two Parties (Article 20(1)): what chance will give is
/// shown, the run is proposed, agreed to, begun, stopped; its progress and its hits are read.
namespace comity::http {

std::vector<Endpoint> dna_run_endpoints(DnaRooms const& rooms);

/// What an officer does with a run.
struct RunStep {
    std::string step; ///< agree, refuse, begin, stop, resume
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(RunStep, (), (step, reason))

/// The run as it is now, with the decision where the law does not let us agree. Errors: malformed
/// for a step that is none; those of FirstConnection.
Result<identification::ForOfficer<json::Object>> take_run_step(
    identification::FirstConnection& runs, std::string_view number, RunStep const& step,
    casework::Officer const& officer);
json::Object run_outcome_view(identification::RunOutcome const& outcome);

} // namespace comity::http
