#include "casework/request_kind.h"

#include "message/content.h"
#include "message/rules.h"
#include "message/words_of.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {
namespace {

using treaty::Kind;

constexpr std::string_view of_persons = "persons documents text";

constexpr RequestKind kinds[] = {
    { Kind::vehicle_owner, "A4(5)(a)-1", "disputed-territory", "vehicles persons text" },
    { Kind::driving_licence, "A4(5)(b)", "", "documents persons vehicles text" },
    { Kind::residence, "A4(5)(c)", "", of_persons },
    { Kind::telecom_subscriber, "A4(5)(d)", "", "subscribers persons text" },
    { Kind::identification, "A4(5)(e)", "", of_persons },
    { Kind::object_origin, "A4(5)(f)", "personal-data", "objects vehicles persons text" },
    { Kind::wanted_search, "A4(5)(g)", "", "persons objects vehicles text" },
    { Kind::search_measures, "A4(5)(h)", "", "text persons objects" },
    { Kind::interview, "A4(5)(i)", "", "statements text" },
    { Kind::crime_scene, "A4(5)(j)", "personal-data", "objects text" },
    { Kind::witness_protection, "A4(5)(k)", "compartment", "text" },
    { Kind::pursuit_information, "A4(5)(l)", "", "persons vehicles text" },
    { Kind::mass_event, "A4(5)(m)", "personal-data", "text groups" },
    { Kind::other, "A4(5)-open", "personal-data", "text persons objects vehicles documents" },
    { Kind::organised_crime, "A5(1)(a)", "", "groups persons text" },
    { Kind::methods_of_crime, "A5(1)(b)", "personal-data", "text" },
    { Kind::research_results, "A5(1)(c)", "personal-data", "text" },
    { Kind::objects_and_samples, "A5(1)(d)", "personal-data", "objects text" },
    { Kind::legislation, "A5(1)(e)", "personal-data", "text" },
    { Kind::proceeds_of_crime, "A5(1)(f)", "", "assets persons text" },
};
static_assert(std::size(kinds) == treaty::kind_count);

constexpr std::string_view extras = "text justification handling";

bool filled(json::Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    if (!value) return false;
    if (value->is_string()) return !value->get_string().empty();
    if (value->is_array()) return !value->get_array().empty();
    return !value->is_object() || !value->get_object().empty();
}

std::string first_of(std::string_view path)
{
    return std::string { path.substr(0, path.find_first_of(".[")) };
}

/// An owner is asked for by what is marked on the vehicle. The struct serves other kinds too, so
/// the rule stands here.
void need_a_mark(json::Object const& query, std::vector<std::string>& missing)
{
    auto const* vehicle = query.if_contains("vehicle");
    auto const* object = vehicle ? vehicle->if_object() : nullptr;
    if (!object) return; // said already
    for (auto const mark : { "plate", "vin", "engineNumber" })
        if (filled(*object, mark)) return;
    missing.emplace_back("query.vehicle.plate");
}

std::string joined(std::optional<std::string> const& first, std::optional<std::string> const& last)
{
    if (!first || !last) return first.value_or(last.value_or(""));
    return fmt::format("{} {}", *first, *last);
}

std::string line_of(std::vector<message::Identity> const& identities)
{
    if (identities.empty()) return {};
    return joined(identities.front().given_name, identities.front().family_name);
}

std::string line_of(message::VehicleQuery const& vehicle)
{
    for (auto const& mark : { vehicle.plate, vehicle.vin, vehicle.engine_number })
        if (mark && !mark->empty()) return *mark;
    return joined(vehicle.make, vehicle.model);
}

std::string line_of(message::PersonQuery const& person)
{
    auto const name = line_of(person.identities);
    if (!name.empty()) return name;
    return person.documents.empty() ? std::string {} : person.documents.front().number;
}

std::string line_of(message::DocumentQuery const& document)
{
    if (document.number) return *document.number;
    return document.holder ? line_of({ *document.holder }) : std::string {};
}

std::string line_of(message::Item const& item)
{
    if (item.serial_number) return *item.serial_number;
    return joined(item.make, item.model);
}

} // namespace

std::span<RequestKind const> request_kinds()
{
    return kinds;
}

RequestKind const* find_request_kind(std::string_view word)
{
    auto const found = std::ranges::find(kinds, word, &RequestKind::word);
    return found == std::end(kinds) ? nullptr : found;
}

std::vector<std::string> subjects_of(RequestKind const& kind)
{
    std::vector<std::string> out;
    for (auto const& need : message::needs())
        if (need.of_struct == "Request" && need.is == kind.word())
            message::each_word(need.needs, [&](std::string_view word) { out.emplace_back(word); });
    return out;
}

std::vector<std::string> extras_of(RequestKind const& kind)
{
    auto const subjects = subjects_of(kind);
    std::vector<std::string> out;
    message::each_word(extras, [&](std::string_view word) {
        if (!std::ranges::count(subjects, word)) out.emplace_back(word);
    });
    return out;
}

Result<QueryState> judge_query(RequestKind const& kind, json::Object const& query)
{
    auto members = subjects_of(kind);
    QueryState out;
    for (auto const& member : members) out.started |= filled(query, member);
    for (auto const& extra : extras_of(kind)) members.push_back(extra);
    for (auto const& member : query)
        if (!std::ranges::count(members, member.key()))
            return Error { Error::Kind::malformed,
                fmt::format("a request of the kind {} has no {}", kind.word(),
                    std::string_view { member.key() }),
                fmt::format("query.{}", std::string_view { member.key() }) };
    auto request = query;
    request["kind"] = kind.word();
    auto const missing = message::missing_of(message::shape_of<message::Request>(), request);
    if (!missing.ok()) {
        auto error = missing.error();
        error.field = "query." + error.field;
        return error;
    }
    for (auto const& path : missing.value())
        if (std::ranges::count(members, first_of(path))) out.missing.push_back("query." + path);
    if (kind.kind == Kind::vehicle_owner) need_a_mark(query, out.missing);
    return out;
}

std::string subject_line(message::Request const& request)
{
    if (request.vehicle) return line_of(*request.vehicle);
    if (request.person) return line_of(*request.person);
    if (request.document) return line_of(*request.document);
    if (request.phone) return request.phone->number;
    if (request.interview) return line_of({ request.interview->person });
    if (request.identification && request.identification->claimed)
        return line_of({ *request.identification->claimed });
    if (request.search) return request.search->measure;
    if (request.scene) return request.scene->scene.name;
    if (request.witness) return request.witness->code;
    if (request.pursuit) return request.pursuit->pursuit;
    if (request.event) return request.event->name;
    if (request.group) return request.group->name;
    if (request.objects && !request.objects->empty()) return line_of(request.objects->front());
    return {};
}

} // namespace comity::casework
