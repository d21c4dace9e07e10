#include "http/statistics.h"

#include "casework/statistics.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using casework::Statistics;

std::optional<std::string> text_parameter(Request const& request, std::string_view name)
{
    auto const found = request.parameter(name);
    return found ? std::optional { std::string { *found } } : std::nullopt;
}

Result<casework::StatisticsView> asked_for(Statistics& statistics, Request const& request)
{
    return statistics.of_period(text_parameter(request, "from"), text_parameter(request, "to"));
}

Result<Response> read_statistics(Statistics& statistics, Request const& request)
{
    return json_response(200, json::write(TRY(asked_for(statistics, request))));
}

Result<Response> read_statistics_file(Statistics& statistics, Request const& request)
{
    auto const view = TRY(asked_for(statistics, request));
    auto const name
        = fmt::format("attachment; filename=\"statistics-{}-{}.csv\"", view.from, view.to);
    return Response { .status = 200,
        .headers
        = { { "content-type", "text/csv; charset=utf-8" }, { "content-disposition", name } },
        .body = to_bytes(casework::csv_of(view)) };
}

} // namespace

std::vector<Endpoint> statistics_endpoints(DeskRooms const& rooms)
{
    auto const statistics
        = std::make_shared<Statistics>(rooms.store, rooms.facts.party, rooms.clock);
    auto const with = [statistics](auto function) -> EndpointHandler {
        return [statistics, function](Request const& request, access::Session const*) {
            return function(*statistics, request);
        };
    };
    return {
        { "GET", "/v1/statistics", "read_statistics", Action::read_statistics,
            with(read_statistics) },
        { "GET", "/v1/statistics/file", "read_statistics_file", Action::read_statistics,
            with(read_statistics_file) },
    };
}

} // namespace comity::http
