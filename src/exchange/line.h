#pragma once

#include "exchange/courier.h"
#include "exchange/outer.h"

namespace comity::exchange {

/// The line to one State over the pipe that stands then (docs/PROTOCOL.md). One message goes by
/// itself, several go as a batch; a node that knows no batch (404) gets them one by one until the
/// line breaks, since it may come back as a newer one.
Line line_over(PipeNow const& pipe, Random random);
/// The register of the State at its end, by its paths. Error: not_found for what is not there.
ledger::Fetch register_over(PipeNow pipe);

} // namespace comity::exchange
