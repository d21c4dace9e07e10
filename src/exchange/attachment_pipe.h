#pragma once

#include "exchange/attachment_carrier.h"
#include "exchange/pipe.h"

namespace comity::exchange {

/// The paths of docs/PROTOCOL.md section 15 over one connection that is kept.
AttachmentLine attachment_line_over(std::shared_ptr<Pipe> const& pipe);

} // namespace comity::exchange
