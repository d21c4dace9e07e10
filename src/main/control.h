#pragma once

#include "base/bytes.h"

#include <filesystem>

namespace comity::main {

struct ControlReply {
    int status;
    std::string body;
};

/// One POST through a node's control socket. Error: unavailable when no node runs there.
Result<ControlReply> post_to_node(
    std::filesystem::path const& socket, std::string_view path, std::string_view json);

} // namespace comity::main
