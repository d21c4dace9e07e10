#pragma once

#include "base/bytes.h"
#include "base/json.h"

#include <filesystem>

namespace comity::main {

struct ControlReply {
    int status;
    std::string body;
};

/// One POST through a node's control socket. Error: unavailable when no node runs there.
Result<ControlReply> post_to_node(
    std::filesystem::path const& socket, std::string_view path, std::string_view json);

/// The same, and the object that it answers. Errors besides: malformed with what the node refused.
Result<json::Object> asked_of_node(
    std::filesystem::path const& socket, std::string_view path, json::Object const& body);

} // namespace comity::main
