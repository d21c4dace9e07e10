#include "http/case_files.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using casework::Casework;
using casework::FileDraft;
using casework::FileFor;
using casework::FilePlace;

constexpr auto bytes_type = "application/octet-stream";

Result<std::uint32_t> number_in(Request const& request, std::string const& name)
{
    constexpr std::uint32_t most = 1'000'000;
    std::uint32_t out = 0;
    auto const& text = request.path_value(name);
    for (char const c : text) {
        bool const digit = c >= '0' && c <= '9';
        if (digit) out = out * 10 + static_cast<std::uint32_t>(c - '0');
        if (!digit || out > most)
            return Error { Error::Kind::malformed,
                fmt::format("{} is a whole number from 1 to {}", name, most), name };
    }
    return out;
}

/// Never shown by a browser as what it may say it is.
Response bytes_response(Bytes bytes)
{
    return { .headers = { { "content-type", bytes_type }, { "content-disposition", "attachment" },
                 { "content-security-policy", "default-src 'none'; sandbox" } },
        .body = std::move(bytes) };
}

template <class What> Response closed(FileFor<What> const& file)
{
    if (file.refused) return closed_to(*file.refused);
    MUST(!file.objections.empty());
    return closed_to({ file.objections.front().provision, file.objections.front().reason });
}

Result<Response> begin_file(Casework& casework, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<FileDraft>(request));
    auto const begun = TRY(casework.files().begin(draft, officer_of(session)));
    return json_response(201, json::write(begun));
}

Result<Response> put_file_piece(Casework& casework, Request const& request, Session const& session)
{
    if (request.header("content-type") != bytes_type)
        return Error { Error::Kind::malformed, fmt::format("the body is {}", bytes_type),
            "content-type" };
    auto const number = TRY(number_in(request, "number"));
    auto const piece = TRY(number_in(request, "piece"));
    return json_response(200,
        json::write(TRY(casework.files().put(number, piece, request.body, officer_of(session)))));
}

Result<Response> read_waiting_file(
    Casework& casework, Request const& request, Session const& session)
{
    auto const number = TRY(number_in(request, "number"));
    return json_response(200, json::write(TRY(casework.files().find(number, officer_of(session)))));
}

Result<Response> read_waiting_piece(
    Casework& casework, Request const& request, Session const& session)
{
    auto const number = TRY(number_in(request, "number"));
    auto const piece = TRY(number_in(request, "piece"));
    return bytes_response(TRY(casework.files().piece(number, piece, officer_of(session))));
}

Result<Response> discard_file(Casework& casework, Request const& request, Session const& session)
{
    auto const number = TRY(number_in(request, "number"));
    TRY(casework.files().discard(number, officer_of(session)));
    return Response { .status = 204 };
}

Result<FilePlace> place_in(Request const& request)
{
    return FilePlace { request.path_value("number"), request.path_value("message"),
        TRY(number_in(request, "n")) };
}

Result<Response> open_case_file(Casework& casework, Request const& request, Session const& session)
{
    auto const file = TRY(casework.open_file(TRY(place_in(request)), officer_of(session)));
    if (!file.it) return closed(file);
    return json_response(200, json::write(*file.it));
}

Result<Response> read_case_file_piece(
    Casework& casework, Request const& request, Session const& session)
{
    auto const piece = TRY(number_in(request, "piece"));
    auto file = TRY(casework.file_piece(TRY(place_in(request)), piece, officer_of(session)));
    if (!file.it) return closed(file);
    return bytes_response(std::move(*file.it));
}

} // namespace

std::vector<Endpoint> file_endpoints(Casework& casework)
{
    auto const by_officer = [&casework](auto function) -> EndpointHandler {
        return [&casework, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(casework, request, *session);
        };
    };
    constexpr auto of_case = "/v1/cases/{number}/files/{message}/{n}";
    return {
        { "POST", "/v1/files", "begin_file", Action::send_request, by_officer(begin_file) },
        { "GET", "/v1/files/{number}", "read_waiting_file", Action::send_request,
            by_officer(read_waiting_file) },
        { "DELETE", "/v1/files/{number}", "discard_file", Action::send_request,
            by_officer(discard_file) },
        { "PUT", "/v1/files/{number}/pieces/{piece}", "put_file_piece", Action::send_request,
            by_officer(put_file_piece) },
        { "GET", "/v1/files/{number}/pieces/{piece}", "read_waiting_piece", Action::send_request,
            by_officer(read_waiting_piece) },
        { "GET", of_case, "open_case_file", Action::read_cases, by_officer(open_case_file) },
        { "GET", std::string { of_case } + "/pieces/{piece}", "read_case_file_piece",
            Action::read_cases, by_officer(read_case_file_piece) },
    };
}

} // namespace comity::http
