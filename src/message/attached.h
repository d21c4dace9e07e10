#pragma once

#include "message/manifest.h"

namespace comity::message {

/// Holds what a content says of its attachments (number, name, media type) against the further
/// parts and the attachments that the manifest names. `content` is the first part; a type or a
/// version that is not known here is not looked into. Error: malformed, with the path.
Result<void> check_attached(Manifest const& manifest, ByteView content);

} // namespace comity::message
