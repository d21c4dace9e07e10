#include "base/json_scan.h"

#include "base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

namespace comity::json {
namespace {

/// Long texts and those with escapes come in parts.
class Gathered {
public:
    void part(boost::json::string_view text) { before_.append(text.data(), text.size()); }
    /// The whole of it, until the next part.
    std::string_view last(boost::json::string_view text)
    {
        if (before_.empty()) return { text.data(), text.size() };
        part(text);
        whole_ = std::exchange(before_, {});
        return whole_;
    }

private:
    std::string before_, whole_;
};

struct Visitor {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Code = boost::json::error_code;
    using Text = boost::json::string_view;

    std::function<void(std::string_view, Scalar const&)> const* member;
    int depth = 0;
    bool is_object = false;
    std::string name {};
    Gathered gathered {};

    bool say(Scalar const& value) const
    {
        if (depth == 1 && is_object) (*member)(name, value);
        return true;
    }
    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&)
    {
        if (depth++ == 0) is_object = true;
        return true;
    }
    bool on_object_end(std::size_t, Code&) { return --depth >= 0; }
    bool on_array_begin(Code&) { return ++depth > 0; }
    bool on_array_end(std::size_t, Code&) { return --depth >= 0; }
    bool on_key_part(Text part, std::size_t, Code&)
    {
        gathered.part(part);
        return true;
    }
    bool on_key(Text last, std::size_t, Code&)
    {
        auto const whole = gathered.last(last);
        if (depth == 1) name.assign(whole);
        return true;
    }
    bool on_string_part(Text part, std::size_t, Code&)
    {
        gathered.part(part);
        return true;
    }
    bool on_string(Text last, std::size_t, Code&) { return say(gathered.last(last)); }
    bool on_number_part(Text, Code&) { return true; }
    bool on_int64(std::int64_t number, Text, Code&)
    {
        return number < 0 || say(static_cast<std::uint64_t>(number));
    }
    bool on_uint64(std::uint64_t number, Text, Code&) { return say(number); }
    bool on_double(double, Text, Code&) { return true; }
    bool on_bool(bool, Code&) { return true; }
    bool on_null(Code&) { return true; }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }
};

} // namespace

Result<void> scan(std::string_view text,
    std::function<void(std::string_view name, Scalar const& value)> const& member)
{
    boost::json::error_code code;
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::json::basic_parser<Visitor> parser { options, &member };
    auto const read = parser.write_some(false, text.data(), text.size(), code);
    if (!code && read < text.size()) code = boost::json::error::extra_data;
    if (code) return Error { Error::Kind::malformed, fmt::format("not JSON: {}", code.message()) };
    if (!parser.handler().is_object) return Error { Error::Kind::malformed, "not a JSON object" };
    return {};
}

} // namespace comity::json
