#pragma once

#include "exchange/attachment_carrier.h"
#include "exchange/outer.h"

namespace comity::exchange {

/// The paths of docs/PROTOCOL.md section 15 over the connection that stands when they are asked.
AttachmentLine attachment_line_over(PipeNow const& pipe);

} // namespace comity::exchange
