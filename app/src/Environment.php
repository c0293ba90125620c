<?php

declare(strict_types=1);

namespace CoreApi;

/** Reads the environment properties that Elastic Beanstalk sets. */
final class Environment
{
    /** Return a property that has to be there. */
    public function required(string $name): string
    {
        $value = $this->optional($name, '');
        if ($value === '') {
            throw new SetupError("the environment property $name is not set");
        }
        return $value;
    }

    /** Return a property, or what stands in for it where it is missing or empty. */
    public function optional(string $name, string $default): string
    {
        // PHP-FPM is given them as parameters of the request. No header can pose as one: PHP puts HTTP_ before those.
        $value = $_SERVER[$name] ?? getenv($name);
        return is_string($value) && $value !== '' ? $value : $default;
    }
}
