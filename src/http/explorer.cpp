#include "http/explorer.h"

#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;

/// The rooms behind the routes.
struct Explorer {
    treaty::Commentary const& commentary;
    treaty::Law const& law;
    Clock clock;
};

Result<Date> date_of(Explorer const& explorer, Request const& request)
{
    auto const asked = request.parameter("on");
    if (!asked) return Date { std::chrono::floor<std::chrono::days>(explorer.clock()) };
    auto const date = parse_date(*asked);
    if (!date.ok()) return Error { Error::Kind::malformed, date.error().what, "on" };
    return date;
}

Result<int> article_number(Request const& request)
{
    auto const& text = request.path_value("number");
    int number = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc {} || end != text.data() + text.size())
        return Error { Error::Kind::malformed, "number must be a whole number from 0 to 42",
            "number" };
    return number;
}

Result<Response> list_articles(Explorer const& explorer, Request const&)
{
    return json_response(200,
        json::Object { { "lawVersion", explorer.law.version() },
            { "articles", json::write(explorer.commentary.articles()) } });
}

Result<Response> read_article(Explorer const& explorer, Request const& request)
{
    auto const number = TRY(article_number(request));
    auto const on = TRY(date_of(explorer, request));
    return json_response(200, json::write(TRY(explorer.commentary.article(number, on))));
}

Result<Response> list_article_cases(Explorer const& explorer, Request const& request)
{
    auto const cases = TRY(explorer.commentary.cases(TRY(article_number(request))));
    return json_response(200, json::Object { { "cases", json::write(cases) } });
}

Result<Response> list_measures(Explorer const& explorer, Request const&)
{
    return json_response(200, json::write(explorer.commentary.measures()));
}

Result<Response> check_situation(Explorer const& explorer, Request const& request)
{
    TRY(check_json_type(request));
    auto const value = TRY(json::parse(as_text(request.body)));
    auto const situation = TRY(treaty::read_situation(explorer.law, value));
    return json_response(200, treaty::write(treaty::decide(explorer.law, situation)));
}

Result<Response> read_status(Explorer const& explorer, Request const& request)
{
    auto const on = TRY(date_of(explorer, request));
    return json_response(200, json::write(explorer.commentary.status(on)));
}

} // namespace

std::vector<Endpoint> explorer_endpoints(
    treaty::Commentary const& commentary, treaty::Law const& law, Clock const& clock)
{
    Explorer const explorer { commentary, law, clock };
    auto const with = [explorer](auto function) -> EndpointHandler {
        return [explorer, function](
                   Request const& request, Session const*) { return function(explorer, request); };
    };
    return {
        { "GET", "/v1/treaty", "list_articles", Action::read_law, with(list_articles) },
        { "GET", "/v1/treaty/articles/{number}", "read_article", Action::read_law,
            with(read_article) },
        { "GET", "/v1/treaty/articles/{number}/cases", "list_article_cases", Action::read_law,
            with(list_article_cases) },
        { "GET", "/v1/treaty/measures", "list_measures", Action::read_law, with(list_measures) },
        { "POST", "/v1/treaty/check", "check_situation", Action::read_law, with(check_situation) },
        { "GET", "/v1/treaty/status", "read_status", Action::read_law, with(read_status) },
    };
}

} // namespace comity::http
