#include "http/router.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

/// Further typing under Article 20(1) at the command line, over the socket of the running node.
namespace comity::main {
namespace {

struct NumberedTyping {
    std::string number;
    identification::TypingDraft order;
};
BOOST_DESCRIBE_STRUCT(NumberedTyping, (), (number, order))

} // namespace

Result<http::Response> typing_control(Rooms& rooms, http::Request const& request)
{
    auto const asked = TRY(http::body_as<NumberedTyping>(request));
    auto const loci
        = TRY(rooms.identification->order_typing(asked.number, asked.order, operator_name));
    return http::json_response(201, json::Object { { "loci", json::write(loci) } });
}

Result<ExitCode> order_typing(
    Config const& config, std::string const& number, json::Object const& order, std::ostream& out)
{
    json::Object const body { { "number", number }, { "order", order } };
    auto const answer = TRY(asked_of_node(config.socket(), "/v1/dna/typings", body));
    auto const loci
        = TRY(json::read<std::vector<std::string>>(answer.at("loci"), json::Unknown::refuse));
    out << fmt::format("Recorded: further typing of {} (A20(1)-4).\n", fmt::join(loci, ", "));
    return 0;
}

} // namespace comity::main
