#pragma once

#include "base/json.h"
#include "document/document.h"

namespace comity::http {

/// What a document is made of, for a desk to draw: of every block its form and a list of lines,
/// each of cells.
json::Array blocks_of(document::Document const& document);

} // namespace comity::http
