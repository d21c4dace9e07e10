#pragma once

#include "message/type.h"

#include <string>

/// JSON Schema (2020-12) of the contents, from the same shapes, dictionary and rules that the
/// check reads. A schema counts characters where the protocol counts bytes of UTF-8, and knows
/// nothing of the order of two instants: whatever this node takes, its schema takes.
namespace comity::message {

/// Of "request/1", with every struct it reaches under $defs.
json::Value schema(Type type);
/// One object: the schemas of all types by their names.
json::Value schemas();

} // namespace comity::message
